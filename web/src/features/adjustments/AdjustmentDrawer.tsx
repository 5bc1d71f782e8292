import { NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMe } from "~/domain/person";
import { useWords } from "~/domain/words";
import { usePartnerOptions } from "~/features/conversions/options";
import { bodyOf } from "~/features/offers/model";
import { FormDrawer } from "~/ui/FormDrawer";
import { currencyDigits } from "~/ui/format-money";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { ADJUSTMENT_KINDS, type AdjustmentKind } from "./model";

const REASON_CHARS_MAX = 200;

/** Gives a partner something beside commissions, or takes it back. */
export function AdjustmentDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("adjustments");
  const word = useWords();
  const queries = useQueryClient();
  const { options, search } = usePartnerOptions();
  const [partner, setPartner] = useState<string | null>(null);
  const [kind, setKind] = useState<AdjustmentKind>("bonus");
  const [amount, setAmount] = useState<number | string>("");
  const [currency, setCurrency] = useState(useMe().workspace.reporting_currency);
  const [reason, setReason] = useState("");
  const save = useMutation({
    mutationFn: async () => {
      const minor = Math.round(Number(amount) * 10 ** currencyDigits(currency));
      const body = { partner_id: partner ?? "", kind, amount: { minor, currency }, reason };
      return bodyOf(await client.POST("/v1/adjustments", { body }));
    },
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ["adjustments"] });
      notifyDone(made.state === "waiting" ? t("waits") : t("booked"));
      onClose();
    },
  });
  const errors = fieldErrors(save.error);
  const isReady = partner !== null && Number(amount) !== 0 && reason.trim() !== "";
  return (
    <FormDrawer
      title={t("make")}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      error={save.error}
      isSaving={save.isPending}
      isReady={isReady}
      submitLabel={t("make")}
    >
      <Select
        label={t("column.partner")}
        data={options}
        onSearchChange={search}
        value={partner}
        onChange={setPartner}
        searchable
        required
      />
      <Select
        label={t("column.kind")}
        data={ADJUSTMENT_KINDS.map((each) => ({ value: each, label: word("adjustment_kind", each) }))}
        value={kind}
        onChange={(chosen) => chosen && setKind(chosen as AdjustmentKind)}
        allowDeselect={false}
      />
      <NumberInput
        label={t("column.amount")}
        description={kind === "correction" ? t("amount_signed") : t("amount_help")}
        value={amount}
        onChange={setAmount}
        min={kind === "correction" ? undefined : 0}
        decimalScale={currencyDigits(currency)}
        hideControls
        required
      />
      <TextInput
        label={t("currency")}
        value={currency}
        onChange={(event) => setCurrency(event.currentTarget.value.toUpperCase())}
        error={errors.amount}
        maxLength={8}
        required
      />
      <Textarea
        label={t("column.reason")}
        description={t("reason_help")}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={errors.reason}
        maxLength={REASON_CHARS_MAX}
        required
        autosize
        minRows={2}
      />
    </FormDrawer>
  );
}
