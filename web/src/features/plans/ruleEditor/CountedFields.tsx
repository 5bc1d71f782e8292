import { Group, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { TierMetric, TierPeriod } from "../shapes";
import type { RuleDraft } from "./ruleDraft";

export function usePeriodOptions(): { value: TierPeriod; label: string }[] {
  const { t } = useTranslation("plan_editor");
  return [
    { value: "day", label: t("period.day") },
    { value: "week", label: t("period.week") },
    { value: "month", label: t("period.month") },
    { value: "total", label: t("period.total") },
  ];
}

interface Props {
  draft: RuleDraft;
  onChange: (change: Partial<RuleDraft>) => void;
}

/** What is counted, and over which period. */
export function CountedFields({ draft, onChange }: Props) {
  const { t } = useTranslation("plan_editor");
  const periods = usePeriodOptions();
  const metrics: { value: TierMetric; label: string }[] = [
    { value: "conversions", label: t("metric.conversions") },
    { value: "amount", label: t("metric.amount") },
    { value: "revenue", label: t("metric.revenue") },
  ];
  return (
    <Group grow align="flex-end">
      <Select
        label={t("effect.metric")}
        data={metrics}
        value={draft.metric}
        onChange={(metric) => onChange({ metric: (metric ?? "conversions") as TierMetric })}
        allowDeselect={false}
      />
      <Select
        label={t("effect.period")}
        data={periods}
        value={draft.period}
        onChange={(period) => onChange({ period: (period ?? "month") as TierPeriod })}
        allowDeselect={false}
      />
    </Group>
  );
}
