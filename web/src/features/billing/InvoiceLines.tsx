import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { useOffers } from "~/features/offers/queries";
import { type Column, DataTable } from "~/ui/DataTable";
import { majorUnits, useFormat } from "~/ui/format";
import { Money } from "~/ui/Money";
import { EmptyState } from "~/ui/Page";
import type { Invoice } from "./model";

type Line = Invoice["lines"][number] & { id: string; offer: string; goal: string };

/** What an invoice is made of: a line for each goal of each offer, and for changes of what was invoiced before. */
export function InvoiceLines({ invoice }: { invoice: Omit<Invoice, "names"> }) {
  const { t } = useTranslation("billing");
  const word = useWords();
  const { date, number, money } = useFormat();
  const { currency } = invoice.net;
  const lines = useNamedLines(invoice);
  const columns = useMemo((): Column<Line>[] => {
    const what = (row: Line) => {
      if (row.fee) return `${t("line.subscription")}: ${word("fee_kind", row.fee.kind)}`;
      return row.correction ? t("line.correction") : t("line.charged");
    };
    return [
      {
        id: "offer",
        header: t("column.offer"),
        cell: (row) => <span translate="no">{row.offer || row.fee?.name || t("line.other")}</span>,
        value: (row) => row.offer || (row.fee?.name ?? ""),
        width: 220,
        onCard: 1,
      },
      {
        id: "goal",
        header: t("column.goal"),
        cell: (row) =>
          row.fee ? (
            `${date(row.fee.from)} – ${date(row.fee.to)}`
          ) : (
            <span translate="no">{row.goal || t("line.traffic")}</span>
          ),
        value: (row) => row.goal,
        width: 170,
        onCard: 2,
      },
      {
        id: "what",
        header: t("column.what"),
        cell: what,
        value: what,
        width: 210,
      },
      {
        id: "count",
        header: t("column.count"),
        cell: (row) => number(row.count),
        value: (row) => row.count,
        align: "end",
        width: 110,
      },
      {
        id: "amount",
        header: t("column.amount"),
        cell: (row) => <Money value={{ minor: row.amount_minor, currency }} />,
        value: (row) => majorUnits(row.amount_minor, currency),
        align: "end",
        width: 140,
        onCard: 3,
      },
    ];
  }, [t, word, date, number, currency]);
  return (
    <DataTable
      caption={t("line.title")}
      columns={columns}
      rows={lines}
      rowId={(row) => row.id}
      totals={{ amount: money(invoice.net) }}
      empty={<EmptyState title={t("line.none")} text={t("line.none_text")} />}
      storageKey="invoice-lines"
      copyName="invoice"
    />
  );
}

function useNamedLines(invoice: Omit<Invoice, "names">): Line[] {
  const { rows: offers } = useOffers({ advertiser_id: invoice.advertiser_id });
  return useMemo(
    () =>
      invoice.lines.map((line, place) => {
        const offer = offers.find(({ id }) => id === line.offer_id);
        const goal = offer?.goals.find(({ id }) => id === line.goal_id);
        return { ...line, id: String(place), offer: offer?.name ?? "", goal: goal?.name ?? "" };
      }),
    [invoice, offers],
  );
}
