import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useWords } from "~/domain/words";
import { savePaper } from "~/features/papers/save";
import { useFormat } from "~/ui/format";
import { KeyValues } from "~/ui/KeyValues";
import { notifyFailed } from "~/ui/Toast";
import type { Told, ToldLine } from "./model";

/** How much to invoice, in which currency, to whom, and for what. */
export function ToInvoice({ partnerId, told }: { partnerId: string; told: Told }) {
  const { t } = useTranslation("own_invoices");
  return (
    <Stack gap="md">
      <Text size="sm">{t("rule")}</Text>
      {told.items.length === 0 && <Text size="sm">{t("nothing_due")}</Text>}
      {told.items.map((line) => (
        <Line key={line.due.currency} partnerId={partnerId} line={line} />
      ))}
      <BillTo told={told} />
    </Stack>
  );
}

function Line({ partnerId, line }: { partnerId: string; line: ToldLine }) {
  const { t } = useTranslation("own_invoices");
  const word = useWords();
  const { money, date } = useFormat();
  const days = { from: date(line.statement_from), to: date(line.statement_to) };
  const save = async () => {
    const { currency } = line.due;
    const query = { format: "pdf" as const, currency, from: line.statement_from, to: line.statement_to };
    const params = { path: { id: partnerId }, query };
    const answer = await client.GET("/v1/partners/{id}/statement-file", { params, parseAs: "blob" });
    savePaper({ data: answer.data as Blob | undefined, response: answer.response });
  };
  return (
    <Stack gap="xs">
      <Alert color={line.standing === "covered" ? "green" : line.standing === "too_much" ? "red" : "blue"}>
        {word("to_invoice_standing", line.standing)}
      </Alert>
      <KeyValues
        items={[
          { label: t("due"), value: money(line.due) },
          { label: t("accepted_sum"), value: money(line.accepted) },
          { label: t("waiting"), value: money(line.waiting) },
          { label: t("left"), value: <b>{money(line.to_invoice)}</b> },
          {
            label: t("for_what"),
            value: (
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<IconDownload size={14} aria-hidden />}
                onClick={() => void save().catch(notifyFailed)}
              >
                {t("statement", days)}
              </Button>
            ),
          },
        ]}
      />
    </Stack>
  );
}

function BillTo({ told }: { told: Told }) {
  const { t } = useTranslation("own_invoices");
  const to = told.bill_to;
  if (!to)
    return (
      <Text size="sm" c="dimmed">
        {t("bill_to_unknown")}
      </Text>
    );
  const numbers = [to.vat_id, to.tax_id, to.registration].filter(Boolean).join(", ");
  return (
    <KeyValues
      items={[
        { label: t("bill_to"), value: [to.name, ...to.address, to.country].join(", ") },
        { label: t("numbers"), value: numbers || undefined },
        { label: t("mail"), value: to.email ?? undefined },
      ]}
    />
  );
}
