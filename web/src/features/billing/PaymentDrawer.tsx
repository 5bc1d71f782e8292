import { Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMe } from "~/domain/person";
import { bodyOf } from "~/features/offers/model";
import { todayIn } from "~/ui/dates";
import { MoneyInput } from "~/ui/FigureInputs";
import { FormDrawer } from "~/ui/FormDrawer";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { CurrencyInput } from "./CurrencyInput";
import { useBillingChanged } from "./model";

const NOTE_CHARS_MAX = 200;

interface Props {
  advertiserId: string;
  /** The workspace's own unless said. */
  currency?: string;
  isRefund: boolean;
  onClose: () => void;
}

/** Writes down what came in from an advertiser, or what was given back to it. */
export function PaymentDrawer({ advertiserId, currency: chosen, isRefund, onClose }: Props) {
  const { t } = useTranslation("billing");
  const changed = useBillingChanged();
  const { workspace } = useMe();
  const [currency, setCurrency] = useState(chosen ?? workspace.reporting_currency);
  const [minor, setMinor] = useState<number | null>(null);
  const [day, setDay] = useState(todayIn(workspace.timezone));
  const [reference, setReference] = useState("");
  const [note, setNote] = useState("");
  const save = useMutation({
    mutationFn: async () => {
      const params = { path: { id: advertiserId } };
      const body = {
        amount: { minor: minor ?? 0, currency },
        received_on: day || null,
        reference,
        note: note.trim() || null,
      };
      if (isRefund) return bodyOf(await client.POST("/v1/advertisers/{id}/refunds", { params, body }));
      return bodyOf(await client.POST("/v1/advertisers/{id}/payments", { params, body }));
    },
    onSuccess: async () => {
      await changed();
      notifyDone(isRefund ? t("payment.was_refunded") : t("payment.was_recorded"));
      onClose();
    },
  });
  const errors = fieldErrors(save.error);
  const title = isRefund ? t("payment.refund") : t("payment.record");
  return (
    <FormDrawer
      title={title}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      error={save.error}
      isSaving={save.isPending}
      isReady={(minor ?? 0) > 0 && reference.trim() !== ""}
      submitLabel={title}
    >
      <MoneyInput
        label={t("column.amount")}
        description={isRefund ? t("payment.refund_help") : t("payment.amount_help")}
        currency={currency}
        value={minor}
        onChange={setMinor}
        error={errors["amount.minor"] ?? errors.amount}
        required
        data-autofocus
      />
      <CurrencyInput value={currency} onChange={setCurrency} error={errors["amount.currency"]} />
      <TextInput
        type="date"
        label={t("column.received")}
        value={day}
        onChange={(event) => setDay(event.currentTarget.value)}
        error={errors.received_on}
      />
      <TextInput
        label={t("column.reference")}
        description={t("payment.reference_help")}
        value={reference}
        onChange={(event) => setReference(event.currentTarget.value)}
        error={errors.reference}
        required
      />
      <Textarea
        label={t("column.note")}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={errors.note}
        maxLength={NOTE_CHARS_MAX}
        autosize
        minRows={2}
      />
    </FormDrawer>
  );
}
