import { Group, NumberInput, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMe } from "~/domain/person";
import { useWords } from "~/domain/words";
import { bodyOf } from "~/features/offers/model";
import { useManagers } from "~/features/offers/queries";
import { FormDrawer } from "~/ui/FormDrawer";
import { currencyDigits } from "~/ui/format-money";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import {
  BONUS_BASES,
  BONUS_BASES_COLLECTED,
  BONUS_BASES_OF_A_SUM,
  BONUS_BASIS,
  type BonusBase,
  type BonusBasis,
  useBonusesChanged,
} from "./model";

/** What a manager gets from a month on. */
export function BonusPlanDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("manager_bonuses");
  const word = useWords();
  const changed = useBonusesChanged();
  const managers = useManagers();
  const [manager, setManager] = useState<string | null>(null);
  const [base, setBase] = useState<BonusBase>("profit");
  const [basis, setBasis] = useState<BonusBasis>("booked");
  const [number, setNumber] = useState<number | string>("");
  const [currency, setCurrency] = useState(useMe().workspace.reporting_currency);
  const [month, setMonth] = useState("");
  const hasSum = BONUS_BASES_OF_A_SUM.includes(base);
  const canBeCollected = BONUS_BASES_COLLECTED.includes(base);
  const save = useMutation({
    mutationFn: async () => {
      const minor = Math.round(Number(number) * 10 ** currencyDigits(currency));
      const body = {
        manager_id: manager ?? "",
        base,
        basis: canBeCollected ? basis : ("booked" as const),
        sum: hasSum ? { minor, currency } : null,
        percent: hasSum ? null : String(number),
        from_month: month,
      };
      return bodyOf(await client.POST("/v1/manager-bonus-plans", { body }));
    },
    onSuccess: async () => {
      await changed();
      notifyDone(t("was_planned"));
      onClose();
    },
  });
  const errors = fieldErrors(save.error);
  return (
    <FormDrawer
      title={t("plan")}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      error={save.error}
      isSaving={save.isPending}
      isReady={manager !== null && number !== "" && month !== ""}
    >
      <Select
        label={t("field.manager")}
        data={managers}
        value={manager}
        onChange={setManager}
        error={errors.manager_id}
        searchable
        required
      />
      <Select
        label={t("field.base")}
        data={BONUS_BASES.map((code) => ({ value: code, label: word("bonus_base", code) }))}
        value={base}
        onChange={(chosen) => chosen && setBase(chosen as BonusBase)}
        allowDeselect={false}
      />
      {canBeCollected && (
        <SegmentedControl
          aria-label={t("field.basis")}
          data={BONUS_BASIS.map((code) => ({ value: code, label: word("bonus_basis", code) }))}
          value={basis}
          onChange={(chosen) => setBasis(chosen as BonusBasis)}
        />
      )}
      <Group grow align="flex-start">
        <NumberInput
          label={hasSum ? t("field.sum") : t("field.percent")}
          description={t("number_help")}
          value={number}
          onChange={setNumber}
          error={errors.sum ?? errors.percent}
          min={0}
          max={hasSum ? undefined : 100}
          decimalScale={hasSum ? currencyDigits(currency) : 4}
          hideControls
          required
        />
        {hasSum && (
          <TextInput
            label={t("field.currency")}
            description={t("currency_help")}
            value={currency}
            onChange={(event) => setCurrency(event.currentTarget.value.toUpperCase())}
            maxLength={8}
            required
          />
        )}
      </Group>
      <TextInput
        type="month"
        label={t("field.from_month")}
        description={t("from_month_help")}
        value={month}
        onChange={(event) => setMonth(event.currentTarget.value)}
        error={errors.month}
        required
      />
    </FormDrawer>
  );
}
