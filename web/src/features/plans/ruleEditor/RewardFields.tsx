import { Select, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { rewardUnitsQuery } from "~/features/rewards/model";
import { rewardRateOf } from "../effect";
import classes from "../plans.module.css";
import type { RewardDraft } from "./rewardDraft";

interface Props {
  reward: RewardDraft;
  onChange: (reward: RewardDraft) => void;
}

/** How many of which unit, and for what. */
export function RewardFields({ reward, onChange }: Props) {
  const { t } = useTranslation("plan_editor");
  const { data: units } = useQuery(rewardUnitsQuery);
  const known = (units ?? []).filter(({ is_active, code }) => is_active || code === reward.unit);
  const isWrong = reward.count !== "" && rewardRateOf(reward.count) === undefined;
  return (
    <>
      {units?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("effect.reward_none")}
        </Text>
      )}
      <Select
        label={t("effect.reward_unit")}
        data={known.map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))}
        value={reward.unit || null}
        onChange={(unit) => onChange({ ...reward, unit: unit ?? "" })}
        allowDeselect={false}
      />
      <TextInput
        label={t("effect.reward_rate")}
        description={t("effect.reward_help")}
        inputMode="decimal"
        className="figures"
        value={reward.count}
        onChange={(event) => onChange({ ...reward, count: event.currentTarget.value })}
        error={isWrong}
        rightSection={<span className={classes.unit}>{reward.unit}</span>}
        rightSectionWidth={96}
      />
      <Select
        label={t("effect.reward_by")}
        data={[
          { value: "fixed", label: t("effect.reward_fixed") },
          { value: "per_whole", label: t("effect.reward_per_whole") },
        ]}
        value={reward.by}
        onChange={(by) => onChange({ ...reward, by: by === "per_whole" ? "per_whole" : "fixed" })}
        allowDeselect={false}
      />
    </>
  );
}
