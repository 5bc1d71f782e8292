import { Group, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMe } from "~/domain/person";
import { momentsOf } from "~/features/conversions/days";
import { bodyOf } from "~/features/offers/model";
import { addDays, addMonths, todayIn } from "~/ui/dates";
import { FormDrawer } from "~/ui/FormDrawer";
import { useGo } from "~/ui/HrefLink";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { CurrencyInput } from "./CurrencyInput";
import { useBillingChanged } from "./model";

/** Draws an invoice of a month that is over; the last one unless said. */
export function DrawDrawer({ advertiserId, onClose }: { advertiserId: string; onClose: () => void }) {
  const { t } = useTranslation("billing");
  const changed = useBillingChanged();
  const go = useGo();
  const { workspace } = useMe();
  const month = `${todayIn(workspace.timezone).slice(0, 7)}-01`;
  const [from, setFrom] = useState(addMonths(month, -1));
  const [to, setTo] = useState(addDays(month, -1));
  const [currency, setCurrency] = useState(workspace.reporting_currency);
  const draw = useMutation({
    mutationFn: async () => {
      const body = { advertiser_id: advertiserId, currency, ...momentsOf({ from, to }, workspace.timezone) };
      return bodyOf(await client.POST("/v1/invoices", { body }));
    },
    onSuccess: async ({ id }) => {
      await changed();
      notifyDone(t("draw.done"));
      go(`/invoices/${id}`);
    },
  });
  const errors = fieldErrors(draw.error);
  return (
    <FormDrawer
      title={t("draw.title")}
      onClose={onClose}
      onSubmit={() => draw.mutate()}
      error={draw.error}
      isSaving={draw.isPending}
      isReady={from !== "" && to !== "" && from <= to}
      submitLabel={t("draw.title")}
    >
      <Text size="sm" c="dimmed">
        {t("draw.help")}
      </Text>
      <Group grow align="flex-start">
        <TextInput
          type="date"
          label={t("draw.from")}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
          error={errors.from}
          required
        />
        <TextInput
          type="date"
          label={t("draw.to")}
          value={to}
          min={from}
          onChange={(event) => setTo(event.currentTarget.value)}
          error={errors.to}
          required
        />
      </Group>
      <CurrencyInput value={currency} onChange={setCurrency} error={errors.currency} />
    </FormDrawer>
  );
}
