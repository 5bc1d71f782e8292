import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/ui/format";
import { trafficRateOf } from "../effect";
import classes from "../plans.module.css";
import { RateField } from "../RateField";
import type { TierMetric, TierPeriod } from "../shapes";
import { RewardFields } from "./RewardFields";
import { type EffectKind, nextKey, type RuleDraft, readFrom } from "./ruleDraft";

interface Props {
  draft: RuleDraft;
  onChange: (change: Partial<RuleDraft>) => void;
  currency: string;
}

/** What the rule gives. */
export function EffectFields({ draft, onChange, currency }: Props) {
  const { t } = useTranslation("plan_editor");
  const kinds: Record<EffectKind, string> = {
    price: t("effect.price"),
    tier: t("effect.tier"),
    recurring: t("effect.recurring"),
    per_click: t("effect.per_click"),
    per_thousand: t("effect.per_thousand"),
    reward: t("effect.reward"),
  };
  const isTraffic = draft.kind === "per_click" || draft.kind === "per_thousand";
  const hasRate = draft.kind === "price" || draft.kind === "recurring";
  return (
    <Stack gap="sm">
      <Select
        label={t("effect.kind")}
        data={Object.entries(kinds).map(([value, label]) => ({ value, label }))}
        value={draft.kind}
        onChange={(kind) => onChange({ kind: (kind ?? "price") as EffectKind })}
        allowDeselect={false}
      />
      {draft.kind === "tier" && <TierFields draft={draft} onChange={onChange} currency={currency} />}
      {isTraffic && (
        <TextInput
          label={t("effect.rate")}
          description={t("effect.traffic_help")}
          inputMode="decimal"
          className="figures"
          value={draft.traffic}
          onChange={(event) => onChange({ traffic: event.currentTarget.value })}
          error={draft.traffic !== "" && trafficRateOf(draft.traffic) === undefined}
          rightSection={<span className={classes.unit}>{currency}</span>}
        />
      )}
      {draft.kind === "reward" && (
        <RewardFields reward={draft.reward} onChange={(reward) => onChange({ reward })} />
      )}
      {hasRate && (
        <RateField
          label={t("effect.rate")}
          draft={draft.rate}
          onChange={(rate) => onChange({ rate })}
          currency={currency}
          noneLabel={t("effect.choose")}
        />
      )}
      {draft.kind === "recurring" && (
        <TextInput
          label={t("effect.months")}
          description={t("effect.months_help")}
          inputMode="numeric"
          className="figures"
          value={draft.months}
          onChange={(event) => onChange({ months: event.currentTarget.value })}
        />
      )}
    </Stack>
  );
}

export function usePeriodOptions(): { value: TierPeriod; label: string }[] {
  const { t } = useTranslation("plan_editor");
  return [
    { value: "day", label: t("period.day") },
    { value: "week", label: t("period.week") },
    { value: "month", label: t("period.month") },
    { value: "total", label: t("period.total") },
  ];
}

function TierFields({ draft, onChange, currency }: Props) {
  const { t } = useTranslation("plan_editor");
  const periods = usePeriodOptions();
  const metrics: { value: TierMetric; label: string }[] = [
    { value: "conversions", label: t("metric.conversions") },
    { value: "amount", label: t("metric.amount") },
    { value: "revenue", label: t("metric.revenue") },
  ];
  return (
    <>
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
      <Select
        label={t("effect.mode")}
        data={[
          { value: "whole", label: t("effect.whole") },
          { value: "marginal", label: t("effect.marginal") },
        ]}
        value={draft.mode}
        onChange={(mode) => onChange({ mode: mode === "marginal" ? "marginal" : "whole" })}
        allowDeselect={false}
      />
      <Steps draft={draft} onChange={onChange} currency={currency} />
    </>
  );
}

function Steps({ draft, onChange, currency }: Props) {
  const { t } = useTranslation("plan_editor");
  const { number } = useFormat();
  const { steps, metric } = draft;
  const set = (key: number, change: object) =>
    onChange({ steps: steps.map((step) => (step.key === key ? { ...step, ...change } : step)) });
  const add = () =>
    onChange({ steps: [...steps, { key: nextKey(steps), from: "", rate: { kind: "percent", value: "" } }] });
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        {t("effect.steps_help")}
      </Text>
      {steps.map((step, place) => {
        const isWrong = step.from !== "" && readFrom(step.from, metric, currency) === undefined;
        return (
          <Group key={step.key} align="flex-end" wrap="nowrap" gap="xs">
            <TextInput
              label={t("effect.from", { step: number(place + 1) })}
              inputMode="decimal"
              className="figures"
              w={110}
              value={step.from}
              onChange={(event) => set(step.key, { from: event.currentTarget.value })}
              error={isWrong}
              rightSection={
                metric === "conversions" ? undefined : <span className={classes.unit}>{currency}</span>
              }
            />
            <RateField
              label={t("effect.step_rate", { step: number(place + 1) })}
              draft={step.rate}
              onChange={(rate) => set(step.key, { rate })}
              currency={currency}
              noneLabel={t("effect.choose")}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              disabled={steps.length === 1}
              aria-label={t("effect.remove_step", { step: number(place + 1) })}
              onClick={() => onChange({ steps: steps.filter(({ key }) => key !== step.key) })}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        );
      })}
      <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
        {t("effect.add_step")}
      </Button>
    </Stack>
  );
}
