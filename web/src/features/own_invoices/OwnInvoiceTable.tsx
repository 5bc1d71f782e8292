import { Button, Group } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useList } from "~/api/paging";
import { useMay } from "~/domain/person";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { type Column, DataTable } from "~/ui/DataTable";
import { useFormat } from "~/ui/format";
import { notifyFailed } from "~/ui/Toast";
import { fetchInvoices, type InvoiceFilter, type NamedInvoice, saveInvoice } from "./model";
import { ReviewDialog, type Reviewed } from "./ReviewDialog";

interface Props {
  filter: InvoiceFilter;
  /** Names whose invoice it is. */
  withPartner?: boolean;
  toolbar?: ReactNode;
  empty: ReactNode;
}

/** Partners' own invoices, newest first, each with its file; staff decides here. */
export function OwnInvoiceTable({ filter, withPartner = false, toolbar, empty }: Props) {
  const { t } = useTranslation("own_invoices");
  const word = useWords();
  const { date, money } = useFormat();
  const mayReview = useMay("own_invoices:review");
  const [asked, setAsked] = useState<Reviewed>();
  const list = useList(["own-invoices", "list", filter], (cursor, signal) =>
    fetchInvoices(filter, cursor, signal),
  );
  const columns = useMemo((): Column<NamedInvoice>[] => {
    const partner = {
      id: "partner",
      header: t("column.partner"),
      width: 150,
      cell: (row) => row.names[row.partner_id] ?? row.partner_id,
      value: (row) => row.names[row.partner_id] ?? row.partner_id,
      onCard: 1,
    } satisfies Column<NamedInvoice>;
    return [
      ...(withPartner ? [partner] : []),
      {
        id: "number",
        header: t("number"),
        width: 120,
        cell: (row) => <span translate="no">{row.number}</span>,
        value: (row) => row.number,
        onCard: withPartner ? 2 : 1,
      },
      {
        id: "issued_on",
        header: t("issued_on"),
        width: 116,
        cell: (row) => date(row.issued_on),
        value: (row) => row.issued_on,
      },
      {
        id: "tax",
        header: t("tax"),
        align: "end",
        width: 100,
        cell: (row) => money(row.tax),
        value: (row) => row.tax.minor,
      },
      {
        id: "gross",
        header: t("gross"),
        align: "end",
        width: 110,
        cell: (row) => money(row.gross),
        value: (row) => row.gross.minor,
        onCard: 3,
      },
      {
        id: "state",
        header: t("column.state"),
        width: 150,
        cell: (row) => <StateChip of="own_invoice" state={row.state} />,
        value: (row) => word("own_invoice_state", row.state),
        onCard: 4,
      },
      {
        id: "acts",
        header: t("column.acts"),
        width: mayReview ? 310 : 120,
        cell: (row) => <Acts row={row} onAsk={mayReview ? setAsked : undefined} />,
      },
      {
        id: "reason",
        header: t("column.reason"),
        width: 240,
        cell: (row) => row.reason ?? "",
        value: (row) => row.reason ?? "",
      },
    ];
  }, [t, word, date, money, mayReview, withPartner]);
  return (
    <>
      <DataTable
        columns={columns}
        rows={list.rows}
        rowId={(row) => row.id}
        caption={t("invoices")}
        state={list.state}
        error={list.error}
        onRetry={list.retry}
        empty={empty}
        toolbar={toolbar}
        onEndReached={list.loadMore}
        hasMore={list.hasMore}
        loadingMore={list.loadingMore}
        storageKey={withPartner ? "own-invoices" : "partner-own-invoices"}
        copyName="own-invoices"
      />
      {asked && <ReviewDialog asked={asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}

function Acts({ row, onAsk }: { row: NamedInvoice; onAsk: ((asked: Reviewed) => void) | undefined }) {
  const { t } = useTranslation("own_invoices");
  const named = (verb: string) => `${verb}: ${row.number}`;
  return (
    <Group gap="xs" wrap="nowrap">
      <Button
        size="xs"
        variant="default"
        leftSection={<IconDownload size={14} aria-hidden />}
        aria-label={named(t("file"))}
        onClick={() => void saveInvoice(row.id).catch(notifyFailed)}
      >
        {t("file")}
      </Button>
      {onAsk && row.state === "submitted" && (
        <Button size="xs" aria-label={named(t("accept"))} onClick={() => onAsk({ row, accept: true })}>
          {t("accept")}
        </Button>
      )}
      {onAsk && (row.state === "submitted" || row.state === "accepted") && (
        <Button
          size="xs"
          variant="default"
          aria-label={named(t("send_back"))}
          onClick={() => onAsk({ row, accept: false })}
        >
          {t("send_back")}
        </Button>
      )}
    </Group>
  );
}
