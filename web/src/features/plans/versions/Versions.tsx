import { Button, Collapse, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "~/api/client";
import { useManagers } from "~/features/offers/queries";
import { useFormat } from "~/ui/format";
import { EmptyState, Section } from "~/ui/Page";
import { StatusChip, type Tone } from "~/ui/StatusChip";
import { wholeRules } from "../conditions";
import classes from "../plans.module.css";
import { RuleSentences } from "../ruleEditor/RuleSentences";
import { placeOf, type VersionPlace } from "../rules";
import type { PlanSide } from "../shapes";
import type { Speaker } from "../words/speaker";
import { Comparison } from "./Comparison";

type Version = Schemas["VersionOut"];
type Plans = Record<PlanSide, Schemas["PlanOut"]>;

const TONES: Record<VersionPlace, Tone> = { in_force: "good", planned: "pending", past: "neutral" };

/** Every version of both plans, newest first, and what differs between two of them. */
export function Versions({ plans, speaker }: { plans: Plans; speaker: Speaker }) {
  const { t } = useTranslation("plans");
  return (
    <Stack gap="lg">
      <Text c="dimmed">{t("versions.hint")}</Text>
      <VersionsOf side="earnings" plan={plans.earnings} title={t("versions.earnings")} speaker={speaker} />
      <VersionsOf side="revenue" plan={plans.revenue} title={t("versions.revenue")} speaker={speaker} />
    </Stack>
  );
}

interface SideProps {
  side: PlanSide;
  plan: Schemas["PlanOut"];
  title: string;
  speaker: Speaker;
}

function VersionsOf({ side, plan, title, speaker }: SideProps) {
  const { t } = useTranslation("plans");
  return (
    <Section title={title}>
      {plan.versions.length === 0 && <EmptyState title={t("versions.none")} />}
      {plan.versions.length > 1 && <Comparison side={side} plan={plan} speaker={speaker} />}
      <Stack gap="xs">
        {plan.versions.map((version) => (
          <VersionCard key={version.id} version={version} speaker={speaker} />
        ))}
      </Stack>
    </Section>
  );
}

function VersionCard({ version, speaker }: { version: Version; speaker: Speaker }) {
  const { t } = useTranslation("plans");
  const { t: editor } = useTranslation("plan_editor");
  const { dateTime, number } = useFormat();
  const people = useManagers();
  const place = placeOf(version, Date.now());
  const [isOpen, setOpen] = useState(place !== "past");
  const words = {
    in_force: t("versions.in_force"),
    planned: t("versions.planned"),
    past: t("versions.past"),
  };
  const author = people.find(({ value }) => value === version.created_by)?.label;
  const name = t("versions.version", { number: number(version.version) });
  const made = { at: dateTime(version.created_at) };
  return (
    <div className={classes.version}>
      <div className={classes.versionHead}>
        <Text fw={600}>{name}</Text>
        <StatusChip tone={TONES[place]} label={words[place]} />
        <Text c="dimmed" size="sm">
          {t("versions.from", { date: dateTime(version.valid_from) })}
        </Text>
        <Text c="dimmed" size="sm" translate="no">
          {author ? editor("versions.made_by", { ...made, who: author }) : editor("versions.made", made)}
        </Text>
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          mih={32}
          ml="auto"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? t("versions.hide") : t("versions.show")}
        </Button>
      </div>
      <Collapse expanded={isOpen}>
        <div className={classes.versionBody}>
          {version.rules.length === 0 ? (
            <Text c="dimmed">{t("versions.no_rules")}</Text>
          ) : (
            <RuleSentences rules={wholeRules(version.rules)} speaker={speaker} label={name} />
          )}
        </div>
      </Collapse>
    </div>
  );
}
