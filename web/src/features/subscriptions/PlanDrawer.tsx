import { NumberInput, Select, Switch, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMe } from "~/domain/person";
import { useWords } from "~/domain/words";
import { CurrencyInput } from "~/features/billing/CurrencyInput";
import { useBillingChanged } from "~/features/billing/model";
import { bodyOf } from "~/features/offers/model";
import { MoneyInput } from "~/ui/FigureInputs";
import { FormDrawer } from "~/ui/FormDrawer";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { PERIODS, type Plan, type SubscriptionPeriod } from "./model";

interface Props {
  /** Absent for a new one. */
  plan: Plan | undefined;
  onClose: () => void;
}

/** Makes a plan, or changes one: another price holds for those that run only where that is said. */
export function PlanDrawer({ plan, onClose }: Props) {
  const { t } = useTranslation("subscriptions");
  const word = useWords();
  const changed = useBillingChanged();
  const own = useMe().workspace.reporting_currency;
  const [name, setName] = useState(plan?.name ?? "");
  const [currency, setCurrency] = useState(plan?.price.currency ?? own);
  const [price, setPrice] = useState(plan?.price.minor ?? null);
  const [period, setPeriod] = useState<SubscriptionPeriod>(plan?.period ?? "month");
  const [trialDays, setTrialDays] = useState<number | null>(plan?.trial_days ?? 0);
  const [isArchived, setIsArchived] = useState(plan?.is_archived ?? false);
  const [holds, setHolds] = useState(false);
  const save = useMutation({
    mutationFn: async () => {
      const terms = { name, trial_days: trialDays ?? 0 };
      const minor = price ?? 0;
      if (!plan) {
        const body = { ...terms, price: { minor, currency }, period };
        return bodyOf(await client.POST("/v1/subscription-plans", { body }));
      }
      const body = { ...terms, price_minor: minor, is_archived: isArchived, holds_for_running: holds };
      const params = { path: { id: plan.id } };
      return bodyOf(await client.PATCH("/v1/subscription-plans/{id}", { params, body }));
    },
    onSuccess: async () => {
      await changed();
      notifyDone(t("plan.saved"));
      onClose();
    },
  });
  const errors = fieldErrors(save.error);
  return (
    <FormDrawer
      title={plan ? t("plan.change") : t("plan.new")}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      error={save.error}
      isSaving={save.isPending}
      isReady={name.trim() !== "" && price !== null && price > 0}
    >
      <TextInput
        label={t("plan.name")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={errors.name}
        required
      />
      {!plan && (
        <>
          <CurrencyInput value={currency} onChange={setCurrency} error={errors.currency} />
          <Select
            label={t("plan.period")}
            data={PERIODS.map((code) => ({ value: code, label: word("plan_period", code) }))}
            value={period}
            onChange={(code) => code && setPeriod(code as SubscriptionPeriod)}
            allowDeselect={false}
          />
        </>
      )}
      <MoneyInput
        label={t("plan.price")}
        description={t("plan.price_help")}
        currency={currency}
        value={price}
        onChange={setPrice}
        error={errors.price ?? errors.price_minor}
        required
      />
      <NumberInput
        label={t("plan.trial_days")}
        value={trialDays ?? ""}
        onChange={(days) => setTrialDays(typeof days === "number" ? days : null)}
        error={errors.trial_days}
        allowDecimal={false}
        min={0}
        hideControls
      />
      {plan && (
        <>
          <Switch
            label={t("plan.holds")}
            description={t("plan.holds_help")}
            checked={holds}
            onChange={(event) => setHolds(event.currentTarget.checked)}
          />
          <Switch
            label={t("plan.archived")}
            description={t("plan.archived_help")}
            checked={isArchived}
            onChange={(event) => setIsArchived(event.currentTarget.checked)}
          />
        </>
      )}
    </FormDrawer>
  );
}
