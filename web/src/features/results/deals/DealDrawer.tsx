import { Group, NumberInput, Select, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useWords } from "~/domain/words";
import { usePartnerOptions } from "~/features/conversions/options";
import { bodyOf } from "~/features/offers/model";
import { todayIn } from "~/ui/dates";
import { MoneyInput, PercentInput } from "~/ui/FigureInputs";
import { FormDrawer } from "~/ui/FormDrawer";
import { useFormat } from "~/ui/format";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import type { Agreed, CarryRule } from "../settle";
import { MonthsExample } from "./MonthsExample";
import { firstTier, type TierDraft, TierRows, tiersOf } from "./TierRows";

const CARRY_RULES = ["reset", "carry", "carry_months"] as const satisfies readonly CarryRule[];
const CARRY_MONTHS_MAX = 36;
const HOLD_DAYS_MAX = 365;
const HOLD_DAYS_USUAL = 14;
const PERCENT_DIGITS = 8;
const GROUP_CHARS_MAX = 200;

interface Props {
  brand: string;
  currency: string;
  onClose: () => void;
}

/** A share of the brand's net revenue, from a month on, with what three months would earn by it. */
export function DealDrawer({ brand, currency, onClose }: Props) {
  const { t } = useTranslation("results");
  const { timezone, number } = useFormat();
  const queries = useQueryClient();
  const partners = usePartnerOptions();
  const [partner, setPartner] = useState<string | null>(null);
  const [group, setGroup] = useState("");
  const [month, setMonth] = useState(() => todayIn(timezone).slice(0, 7));
  const [tiers, setTiers] = useState<TierDraft[]>(() => [firstTier()]);
  const [mode, setMode] = useState<Agreed["tier_mode"]>("whole");
  const [carry, setCarry] = useState<CarryRule>("carry");
  const [carryMonths, setCarryMonths] = useState<number | string>(3);
  const [highRoller, setHighRoller] = useState<number | null>(null);
  const [charge, setCharge] = useState<number | null>(null);
  const [hold, setHold] = useState<number | string>(HOLD_DAYS_USUAL);
  const whole = tiersOf(tiers);
  const agreed: Agreed | undefined = whole && {
    tiers: whole,
    tier_mode: mode,
    carry,
    carry_months: carry === "carry_months" ? Number(carryMonths) : 0,
  };
  const save = useMutation({
    mutationFn: async (deal: Agreed) => {
      const body = {
        ...deal,
        tiers: [...deal.tiers],
        advertiser_id: brand,
        partner_id: partner,
        partner_group: partner ? null : group.trim() || null,
        starts_month: month,
        high_roller_minor: highRoller,
        charge_percent: charge === null ? null : String(charge),
        hold_days: hold === "" ? null : Number(hold),
      };
      return bodyOf(await client.POST("/v1/revenue-share/terms", { body }));
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["revenue-share"] });
      notifyDone(t("deal_agreed"));
      onClose();
    },
  });
  const errors = save.error ? fieldErrors(save.error) : {};
  return (
    <FormDrawer
      title={t("deal_agree")}
      size="lg"
      onClose={onClose}
      onSubmit={() => agreed && save.mutate(agreed)}
      error={save.error}
      isSaving={save.isPending}
      isReady={agreed !== undefined && month !== ""}
      submitLabel={t("deal_agree")}
    >
      <Group grow align="flex-start">
        <Select
          label={t("column.partner")}
          placeholder={t("whom_everyone")}
          data={partners.options}
          onSearchChange={partners.search}
          value={partner}
          onChange={setPartner}
          error={errors.partner_id}
          searchable
          clearable
        />
        <TextInput
          label={t("group")}
          placeholder={t("group_any")}
          value={group}
          onChange={(event) => setGroup(event.currentTarget.value)}
          disabled={partner !== null}
          maxLength={GROUP_CHARS_MAX}
          error={errors.partner_group}
        />
      </Group>
      <TextInput
        type="month"
        label={t("starts_month")}
        description={t("starts_help")}
        placeholder="2026-11"
        value={month}
        onChange={(event) => setMonth(event.currentTarget.value)}
        error={errors.starts_month ?? errors.month}
        required
      />
      <TierRows
        tiers={tiers}
        onChange={setTiers}
        mode={mode}
        onMode={setMode}
        currency={currency}
        errors={errors}
      />
      <CarryFields
        rule={carry}
        onRule={setCarry}
        months={carryMonths}
        onMonths={setCarryMonths}
        error={errors.carry_months}
      />
      {agreed && <MonthsExample agreed={agreed} currency={currency} />}
      <MoneyInput
        label={t("high_roller")}
        description={t("high_roller_help")}
        value={highRoller}
        onChange={setHighRoller}
        currency={currency}
        error={errors.high_roller_minor}
      />
      <Group grow align="flex-start">
        <PercentInput
          label={t("charge")}
          description={t("charge_help")}
          value={charge}
          onChange={setCharge}
          digits={PERCENT_DIGITS}
          error={errors.charge_percent}
        />
        <NumberInput
          label={t("hold")}
          description={t("hold_help", { days: number(HOLD_DAYS_USUAL) })}
          value={hold}
          onChange={setHold}
          min={0}
          max={HOLD_DAYS_MAX}
          allowDecimal={false}
          error={errors.hold_days}
        />
      </Group>
    </FormDrawer>
  );
}

interface CarryProps {
  rule: CarryRule;
  onRule: (rule: CarryRule) => void;
  months: number | string;
  onMonths: (months: number | string) => void;
  error?: string;
}

/** What becomes of a negative month. */
function CarryFields({ rule, onRule, months, onMonths, error }: CarryProps) {
  const { t } = useTranslation("results");
  const word = useWords();
  return (
    <Group grow align="flex-start">
      <Select
        label={t("carry")}
        description={t("carry_help")}
        data={CARRY_RULES.map((value) => ({ value, label: word("carry_rule", value) }))}
        value={rule}
        onChange={(chosen) => chosen && onRule(chosen as CarryRule)}
        allowDeselect={false}
      />
      {rule === "carry_months" && (
        <NumberInput
          label={t("carry_months")}
          description={t("carry_months_help")}
          value={months}
          onChange={onMonths}
          min={1}
          max={CARRY_MONTHS_MAX}
          allowDecimal={false}
          error={error}
        />
      )}
    </Group>
  );
}
