import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/ui/format";
import { trafficRateOf } from "../effect";
import classes from "../plans.module.css";
import { RateField } from "../RateField";
import type { PlanSide } from "../shapes";
import { BonusFields } from "./BonusFields";
import { CountedFields } from "./CountedFields";
import { RecruiterFields } from "./RecruiterFields";
import { RewardFields } from "./RewardFields";
import { type EffectKind, nextKey, type RuleDraft, readFrom } from "./ruleDraft";

interface Props {
  draft: RuleDraft;
  onChange: (change: Partial<RuleDraft>) => void;
  currency: string;
}

/** What the rule gives; bonuses are what partners earn alone. */
export function EffectFields({ draft, onChange, currency, side }: Props & { side: PlanSide }) {
  const { t } = useTranslation("plan_editor");
  const kinds: Partial<Record<EffectKind, string>> = {
    price: t("effect.price"),
    tier: t("effect.tier"),
    recurring: t("effect.recurring"),
    per_click: t("effect.per_click"),
    per_thousand: t("effect.per_thousand"),
    ...(side === "earnings" && { bonus: t("effect.bonus") }),
    ...(side === "earnings" && { reward: t("effect.reward") }),
    ...(side === "earnings" && { recruiter: t("effect.recruiter") }),
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
      {draft.kind === "bonus" && <BonusFields draft={draft} onChange={onChange} currency={currency} />}
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
      {draft.kind === "recruiter" && (
        <RecruiterFields recruiter={draft.recruiter} onChange={(recruiter) => onChange({ recruiter })} />
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

function TierFields({ draft, onChange, currency }: Props) {
  const { t } = useTranslation("plan_editor");
  return (
    <>
      <CountedFields draft={draft} onChange={onChange} />
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
