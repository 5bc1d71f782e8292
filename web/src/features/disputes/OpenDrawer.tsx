import { Text, Textarea, TextInput } from "@mantine/core";
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
import { type DisputeKind, type NewDispute, useDisputesChanged, WORDS_CHARS_MAX } from "./model";
import { useDisputeWords } from "./useDisputeWords";

interface Props {
  kind: DisputeKind;
  /** Of one that is there. */
  conversion?: { id: string; currency: string };
  onClose: () => void;
  onOpened?: (id: string) => void;
}

/** What a partner disputes and why: a conversion that is there, or one that never came. */
export function OpenDrawer({ kind, conversion, onClose, onOpened }: Props) {
  const { t } = useTranslation("disputes");
  const words = useDisputeWords();
  const { workspace } = useMe();
  const changed = useDisputesChanged();
  const currency = conversion?.currency ?? workspace.reporting_currency;
  const today = todayIn(workspace.timezone);
  const isMissing = kind === "missing";
  const [told, setTold] = useState({ order_id: "", click_id: "", customer: "", happened_on: today });
  const [minor, setMinor] = useState<number | null>(null);
  const [said, setSaid] = useState("");
  const [proof, setProof] = useState("");
  const open = useMutation({
    mutationFn: async () => {
      const body: NewDispute = {
        kind,
        words: said,
        proof: proof.trim() || null,
        amount: minor ? { minor, currency } : null,
        ...(conversion ? { conversion_id: conversion.id } : given(told)),
      };
      return bodyOf(await client.POST("/v1/disputes", { body }));
    },
    onSuccess: async ({ id }) => {
      await changed();
      notifyDone(t("open.done"));
      onClose();
      onOpened?.(id);
    },
  });
  const errors = fieldErrors(open.error);
  const field = (name: keyof typeof told) => ({
    value: told[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      setTold({ ...told, [name]: event.currentTarget.value }),
    error: errors[name],
  });
  const names = told.order_id.trim() || told.click_id.trim() || told.customer.trim();
  const needsAmount = kind === "price";
  return (
    <FormDrawer
      title={words.kind[kind]}
      onClose={onClose}
      onSubmit={() => open.mutate()}
      error={open.error}
      isSaving={open.isPending}
      isReady={said.trim() !== "" && (!isMissing || Boolean(names)) && (!needsAmount || (minor ?? 0) > 0)}
      submitLabel={t("open.send")}
    >
      {isMissing && (
        <>
          <Text size="sm" c="dimmed">
            {t("open.missing_help")}
          </Text>
          <TextInput label={t("field.order")} {...field("order_id")} translate="no" />
          <TextInput
            label={t("field.click")}
            description={t("field.click_help")}
            {...field("click_id")}
            translate="no"
          />
          <TextInput label={t("field.customer")} {...field("customer")} translate="no" />
          <TextInput type="date" label={t("field.day")} max={today} {...field("happened_on")} required />
        </>
      )}
      <MoneyInput
        label={t("column.amount")}
        description={t("open.amount_help")}
        currency={currency}
        value={minor}
        onChange={setMinor}
        error={errors["amount.minor"] ?? errors.amount}
        required={needsAmount}
      />
      <Textarea
        label={t("field.words")}
        description={kind === "price" ? t("open.freezes") : undefined}
        value={said}
        onChange={(event) => setSaid(event.currentTarget.value)}
        error={errors.words}
        maxLength={WORDS_CHARS_MAX}
        autosize
        minRows={3}
        required
      />
      <Textarea
        label={t("field.proof")}
        description={t("field.proof_help")}
        value={proof}
        onChange={(event) => setProof(event.currentTarget.value)}
        error={errors.proof}
        maxLength={WORDS_CHARS_MAX}
        autosize
        minRows={2}
      />
    </FormDrawer>
  );
}

/** What was filled in of a missing conversion. */
function given(told: Record<"order_id" | "click_id" | "customer" | "happened_on", string>) {
  return Object.fromEntries(Object.entries(told).map(([name, text]) => [name, text.trim() || null]));
}
