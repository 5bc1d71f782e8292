import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import type { Column } from "~/ui/DataTable";
import { majorUnits, useFormat } from "~/ui/format";
import { Money } from "~/ui/Money";
import type { Cost } from "./model";

const MONTH_CHARS = "2026-11".length;

/** What a list of costs shows. */
export function useCostColumns(): Column<Cost>[] {
  const { t } = useTranslation("costs");
  const word = useWords();
  const { date } = useFormat();
  return useMemo(() => {
    const when = (row: Cost) =>
      row.date.length === MONTH_CHARS
        ? date(`${row.date}-01`, { month: "long", year: "numeric" })
        : date(row.date);
    const named = (id: (row: Cost) => string | null | undefined) => {
      const name = (row: Cost) => row.names[id(row) ?? ""] ?? "";
      return {
        cell: (row: Cost) => <span translate="no">{name(row) || "-"}</span>,
        value: name,
        sortable: true,
        width: 170,
      };
    };
    return [
      {
        id: "date",
        header: t("field.date"),
        cell: when,
        value: (row) => row.date,
        sortable: true,
        width: 150,
      },
      {
        id: "category",
        header: t("field.category"),
        cell: (row) => word("cost_category", row.category),
        value: (row) => word("cost_category", row.category),
        sortable: true,
        width: 140,
        onCard: 1,
      },
      {
        id: "amount",
        header: t("field.amount"),
        cell: (row) => <Money value={row.amount} />,
        value: (row) => majorUnits(row.amount.minor, row.amount.currency),
        align: "end",
        width: 140,
        onCard: 3,
      },
      {
        id: "note",
        header: t("field.note"),
        cell: (row) => <span translate="no">{row.removal_note ?? row.note ?? "-"}</span>,
        value: (row) => row.removal_note ?? row.note,
        width: 260,
        onCard: 2,
      },
      { id: "partner", header: t("field.partner"), ...named((row) => row.partner_id) },
      { id: "offer", header: t("field.offer"), ...named((row) => row.offer_id) },
      { id: "advertiser", header: t("field.advertiser"), ...named((row) => row.advertiser_id) },
    ];
  }, [t, word, date]);
}
