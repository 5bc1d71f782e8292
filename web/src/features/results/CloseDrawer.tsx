import { Button, Select, Stack, Table, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdvertiserOptions } from "~/features/conversions/options";
import { FormDrawer } from "~/ui/FormDrawer";
import { FormError } from "~/ui/FormError";
import { useFormat } from "~/ui/format";
import { Money } from "~/ui/Money";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { type MonthDraft, useMonthsChanged, workOut } from "./model";

/** A month looked at as it stands, and closed. */
export function CloseDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("results");
  const advertisers = useAdvertiserOptions();
  const changed = useMonthsChanged();
  const [advertiser, setAdvertiser] = useState<string | null>(null);
  const [month, setMonth] = useState("");
  const look = useMutation({ mutationFn: () => workOut(advertiser ?? "", month, false) });
  const close = useMutation({
    mutationFn: () => workOut(advertiser ?? "", month, true),
    onSuccess: async () => {
      await changed();
      notifyDone(t("was_closed", { month }));
      onClose();
    },
  });
  const isReady = advertiser !== null && month !== "";
  const forget = () => {
    look.reset();
    close.reset();
  };
  const complaints = look.error ? fieldErrors(look.error) : {};
  return (
    <FormDrawer
      title={t("close")}
      size="lg"
      onClose={onClose}
      onSubmit={() => close.mutate()}
      error={close.error}
      isSaving={close.isPending}
      isReady={isReady && look.data !== undefined}
      submitLabel={t("close")}
    >
      <Text size="sm" c="dimmed">
        {t("close_text")}
      </Text>
      <Select
        label={t("column.brand")}
        data={advertisers.options}
        value={advertiser}
        onChange={(chosen) => {
          setAdvertiser(chosen);
          forget();
        }}
        error={complaints.advertiser_id}
        searchable
        required
      />
      <TextInput
        type="month"
        label={t("column.month")}
        placeholder="2026-11"
        value={month}
        onChange={(event) => {
          setMonth(event.currentTarget.value);
          forget();
        }}
        error={complaints.month}
        required
      />
      <Button variant="default" loading={look.isPending} disabled={!isReady} onClick={() => look.mutate()}>
        {t("look")}
      </Button>
      {look.error && <FormError error={look.error} />}
      {look.data && <Draft draft={look.data} />}
    </FormDrawer>
  );
}

function Draft({ draft }: { draft: MonthDraft }) {
  const { t } = useTranslation("results");
  const { number } = useFormat();
  return (
    <Stack gap="xs">
      <Table.ScrollContainer minWidth={420}>
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("column.partner")}</Table.Th>
              <Table.Th ta="end">{t("column.net")}</Table.Th>
              <Table.Th ta="end">{t("column.earned")}</Table.Th>
              <Table.Th ta="end">{t("column.carried_out")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {draft.statements.map((one) => (
              <Table.Tr key={one.partner_id}>
                <Table.Td translate="no">{draft.labels[one.partner_id]}</Table.Td>
                <Table.Td ta="end">
                  <Money value={{ minor: one.net_revenue_minor, currency: one.currency }} />
                </Table.Td>
                <Table.Td ta="end">
                  <Money value={{ minor: one.earned_minor, currency: one.currency }} />
                </Table.Td>
                <Table.Td ta="end">
                  <Money value={{ minor: one.carried_out_minor, currency: one.currency }} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {draft.statements.length === 0 && <Text size="sm">{t("nothing_to_close")}</Text>}
      {draft.unowned_customers > 0 && (
        <Text size="sm">{t("unowned", { shown: number(draft.unowned_customers) })}</Text>
      )}
      {draft.without_terms > 0 && (
        <Text size="sm">{t("without_terms", { shown: number(draft.without_terms) })}</Text>
      )}
    </Stack>
  );
}
