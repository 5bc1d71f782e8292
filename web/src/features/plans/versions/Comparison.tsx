import { Group, Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "~/api/client";
import { useFormat } from "~/ui/format";
import { wholeRules } from "../conditions";
import classes from "../plans.module.css";
import type { PlanSide } from "../shapes";
import type { Speaker } from "../words/speaker";
import { Changes } from "./Changes";

interface Props {
  side: PlanSide;
  plan: Schemas["PlanOut"];
  speaker: Speaker;
}

/** Two versions side by side: the newest and the one before it until others are chosen. */
export function Comparison({ side, plan, speaker }: Props) {
  const { t } = useTranslation("plan_editor");
  const { t: plans } = useTranslation("plans");
  const { number, date } = useFormat();
  const { versions } = plan;
  const [newer, setNewer] = useState(versions[0]?.id ?? "");
  const [older, setOlder] = useState(versions[1]?.id ?? "");
  const options = versions.map((version) => ({
    value: version.id,
    label: `${plans("versions.version", { number: number(version.version) })}, ${plans("versions.from", { date: date(version.valid_from) })}`,
  }));
  const rulesOf = (id: string) => wholeRules(versions.find((version) => version.id === id)?.rules ?? []);
  return (
    <div className={classes.comparison}>
      <Group gap="sm" mb="sm">
        <Select
          label={t("versions.compare")}
          data={options}
          value={older}
          onChange={(id) => setOlder(id ?? older)}
          allowDeselect={false}
        />
        <Select
          label={t("versions.with")}
          data={options}
          value={newer}
          onChange={(id) => setNewer(id ?? newer)}
          allowDeselect={false}
        />
      </Group>
      <Changes side={side} before={rulesOf(older)} after={rulesOf(newer)} speaker={speaker} />
    </div>
  );
}
