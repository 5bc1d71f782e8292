import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { type Column, DataTable } from "~/ui/DataTable";
import { majorUnits, useFormat } from "~/ui/format";
import { Money } from "~/ui/Money";
import { EmptyState } from "~/ui/Page";
import { type Payment, usePayments } from "./model";

/** What an advertiser paid, got back and was credited, newest first. */
export function PaymentTable({ advertiserId }: { advertiserId: string }) {
  const { t } = useTranslation("billing");
  const list = usePayments(advertiserId);
  const columns = usePaymentColumns();
  return (
    <DataTable
      caption={t("payment.title")}
      columns={columns}
      rows={list.rows}
      rowId={(row) => row.id}
      state={list.state}
      error={list.error}
      onRetry={list.retry}
      hasMore={list.hasMore}
      loadingMore={list.loadingMore}
      onEndReached={list.loadMore}
      empty={<EmptyState title={t("payment.none")} text={t("payment.none_text")} />}
      storageKey="advertiser-payments"
      copyName="payments"
    />
  );
}

function usePaymentColumns(): Column<Payment>[] {
  const { t } = useTranslation("billing");
  const word = useWords();
  const { date } = useFormat();
  return useMemo(() => {
    const sum = (id: string, header: string, of: (row: Payment) => Payment["amount"], hint?: string) =>
      ({
        id,
        header,
        hint,
        cell: (row) => <Money value={of(row)} />,
        value: (row) => majorUnits(of(row).minor, of(row).currency),
        align: "end",
        width: 132,
      }) satisfies Column<Payment>;
    return [
      {
        id: "day",
        header: t("column.received"),
        cell: (row) => date(row.received_on),
        value: (row) => row.received_on,
        width: 128,
        onCard: 2,
      },
      {
        id: "kind",
        header: t("column.kind"),
        cell: (row) => word("payment_kind", row.kind),
        value: (row) => word("payment_kind", row.kind),
        width: 128,
        onCard: 1,
      },
      { ...sum("amount", t("column.amount"), (row) => row.amount), onCard: 3 },
      sum("free", t("column.free"), (row) => row.free, t("column.free_hint")),
      {
        id: "reference",
        header: t("column.reference"),
        cell: (row) => <span translate="no">{row.reference}</span>,
        value: (row) => row.reference,
        width: 210,
      },
      {
        id: "note",
        header: t("column.note"),
        cell: (row) => <span translate="no">{row.note ?? "-"}</span>,
        value: (row) => row.note,
        width: 220,
      },
    ];
  }, [t, word, date]);
}
