import { Anchor, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useMay, useMe } from "~/domain/person";
import { StateChip } from "~/domain/StatusChip";
import { advertiserQuery } from "~/features/advertisers/queries";
import { InvoiceDownload } from "~/features/papers/InvoiceDownload";
import { FailedLoad } from "~/frame/FailedLoad";
import { type Format, useFormat } from "~/ui/format";
import { HrefLink } from "~/ui/HrefLink";
import { type KeyValue, KeyValues } from "~/ui/KeyValues";
import { Page } from "~/ui/Page";
import { SkeletonBlock } from "~/ui/Skeletons";
import { InvoiceActions } from "./InvoiceActions";
import { InvoiceLines } from "./InvoiceLines";
import { type Invoice, invoiceQuery } from "./model";
import { usePeriodText } from "./usePeriodText";

/** One invoice or credit note: what it is made of, what is open of it, and what can be done with it. */
export default function InvoicePage() {
  const { t } = useTranslation("billing");
  const format = useFormat();
  const period = usePeriodText();
  const { invoiceId = "" } = useParams({ strict: false });
  const mayEdit = useMay("billing:write");
  const isStaff = useMe().advertiser_id == null;
  const { data, error, refetch } = useQuery(invoiceQuery(invoiceId));
  const advertiser = useQuery({
    ...advertiserQuery(data?.advertiser_id ?? ""),
    enabled: data !== undefined,
  });
  const title = data ? titleOf(data, t) : t("invoice.invoice");
  if (error && !data) return <FailedLoad title={title} error={error} onRetry={() => void refetch()} />;
  const back = data && (
    <Anchor component={HrefLink} href={isStaff ? `/billing/${data.advertiser_id}` : "/billing"} fz="sm">
      <Group gap={4}>
        <IconArrowLeft size={14} aria-hidden />
        <span translate="no">{isStaff ? (advertiser.data?.name ?? t("title")) : t("own")}</span>
      </Group>
    </Anchor>
  );
  if (!data)
    return (
      <Page title={title}>
        <SkeletonBlock height={480} />
      </Page>
    );
  return (
    <Page
      title={title}
      subtitle={back}
      action={
        <Group gap="xs">
          <InvoiceDownload invoiceId={data.id} />
          {mayEdit && <InvoiceActions invoice={data} />}
        </Group>
      }
    >
      <Stack gap="lg">
        <Group gap="sm">
          <StateChip of="invoice" state={data.state} />
          <Text>{period(data)}</Text>
        </Group>
        {data.void_reason && (
          <Text c="dimmed" translate="no">
            {data.void_reason}
          </Text>
        )}
        <SimpleGrid cols={{ base: 1, md: 2 }} style={{ alignItems: "start" }}>
          <KeyValues items={dates(data, t, format)} />
          <KeyValues items={sums(data, t, format)} />
        </SimpleGrid>
        <InvoiceLines invoice={data} />
      </Stack>
    </Page>
  );
}

function titleOf({ number, kind }: Pick<Invoice, "number" | "kind">, t: TFunction<"billing">): string {
  const words = { invoice: t("invoice.invoice"), credit_note: t("invoice.credit_note") };
  const drafts = { invoice: t("invoice.draft_invoice"), credit_note: t("invoice.draft_credit_note") };
  return number ? `${words[kind]} ${number}` : drafts[kind];
}

type Shown = Omit<Invoice, "names">;

function dates(invoice: Shown, t: TFunction<"billing">, { date }: Format): KeyValue[] {
  const { corrects_id: corrects } = invoice;
  const undone = <HrefLink href={`/invoices/${corrects}`}>{t("invoice.corrected")}</HrefLink>;
  return [
    { label: t("column.issued"), value: invoice.issued_on ? date(invoice.issued_on) : null },
    { label: t("column.due"), value: invoice.due_on ? date(invoice.due_on) : null },
    { label: t("column.created"), value: date(invoice.created_at) },
    ...(corrects ? [{ label: t("invoice.corrects"), value: undone }] : []),
  ];
}

function sums(invoice: Shown, t: TFunction<"billing">, { money, number }: Format): KeyValue[] {
  const rate = `${number(invoice.vat_bp / 100)} %`;
  return [
    { label: t("invoice.net"), value: money(invoice.net) },
    { label: t("invoice.vat", { rate }), value: money(invoice.vat) },
    ...(invoice.vat_note ? [{ label: t("terms.vat_note"), value: invoice.vat_note }] : []),
    { label: t("column.total"), value: <strong>{money(invoice.total)}</strong> },
    { label: t("column.open"), value: money(invoice.open) },
  ];
}
