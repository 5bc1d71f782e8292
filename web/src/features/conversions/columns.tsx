import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import type { Column } from "~/ui/DataTable";
import { type MoneyValue, majorUnits, NOTHING, useFormat } from "~/ui/format";
import { COLUMN_SETS, type ColumnId, type ColumnSet } from "./columnSets";
import { type Conversion, nameOf } from "./model";
import { RowTime } from "./RowTime";
import { StatusCell } from "./StatusCell";

/** Profit by revenue: what is left of the advertiser's money. */
export function marginOf({ revenue, payout }: Pick<Conversion, "revenue" | "payout">): number | null {
  if (!revenue || !payout || revenue.minor === 0) return null;
  return (revenue.minor - payout.minor) / revenue.minor;
}

function units(amount: MoneyValue | null | undefined): number | null {
  return amount ? majorUnits(amount.minor, amount.currency) : null;
}

/** The table's columns, as far as the reader may see them. */
export function useConversionColumns(set: ColumnSet): Column<Conversion>[] {
  const { t } = useTranslation("conversions");
  const word = useWords();
  const format = useFormat();
  return useMemo(() => {
    const isAdvertiser = set === "advertiser" || set === "judge";
    const amount = (
      id: ColumnId,
      header: string,
      of: (row: Conversion) => MoneyValue | null | undefined,
    ): Column<Conversion> => ({
      id,
      header,
      align: "end",
      width: 104,
      cell: (row) => format.money(of(row)),
      value: (row) => units(of(row)),
    });
    const text = (
      id: ColumnId,
      header: string,
      of: (row: Conversion) => string | null | undefined,
    ): Column<Conversion> => ({
      id,
      header,
      cell: (row) => of(row) || NOTHING,
      value: of,
    });
    const status = (row: Conversion) => word("conversion_status", row.frozen_at ? "frozen" : row.status);
    const statusWords = (row: Conversion) =>
      row.reason ? `${status(row)}: ${word("conversion_reason", row.reason)}` : status(row);
    const all: Record<ColumnId, Column<Conversion>> = {
      time: {
        id: "time",
        onCard: 4,
        header: t("column.time"),
        width: 148,
        cell: (row) => <RowTime at={row.event_time} />,
        value: (row) => row.event_time,
      },
      status: {
        id: "status",
        header: t("column.status"),
        width: set === "staff" ? 146 : 185,
        cell: (row) => <StatusCell conversion={row} />,
        value: statusWords,
        onCard: 2,
      },
      deadline: {
        id: "deadline",
        header: t("column.deadline"),
        width: 130,
        cell: (row) => format.date(row.validation_until),
        value: (row) => row.validation_until,
        onCard: set === "judge" ? 2 : undefined,
      },
      offer: {
        ...text("offer", t("column.offer"), (row) => nameOf(row.names, row.offer_id)),
        width: 138,
        onCard: 1,
      },
      goal: {
        ...text(
          "goal",
          t("column.goal"),
          (row) => nameOf(row.names, row.goal_id) ?? word("goal_kind", row.goal_kind),
        ),
        width: 116,
      },
      partner: {
        ...text("partner", t("column.partner"), (row) => nameOf(row.names, row.partner_id)),
        width: 116,
      },
      advertiser: {
        ...text("advertiser", t("column.advertiser"), (row) => nameOf(row.names, row.advertiser_id)),
        hidden: true,
      },
      order: { ...text("order", t("column.order"), (row) => row.order_id), width: 98 },
      sub1: {
        ...text("sub1", t("column.sub1"), (row) => row.click.subs?.[0]),
        width: 110,
        hidden: set === "staff",
      },
      country: {
        ...text("country", t("column.country"), (row) => row.click.country),
        width: 100,
        hidden: true,
      },
      traffic_type: {
        ...text("traffic_type", t("column.traffic_type"), (row) => word("traffic_type", row.traffic_type)),
        hidden: true,
      },
      sale: { ...amount("sale", t("column.sale"), (row) => row.sale), width: 118, hidden: set === "staff" },
      refunded: { ...amount("refunded", t("column.refunded"), (row) => row.refunded), hidden: true },
      earnings: {
        ...amount("earnings", t("column.earnings"), (row) => row.payout),
        hint: word("metric_formula", "payout"),
        onCard: isAdvertiser ? undefined : 3,
      },
      revenue: {
        ...amount("revenue", isAdvertiser ? t("column.charged") : t("column.revenue"), (row) => row.revenue),
        hint: word("metric_formula", "revenue"),
        onCard: isAdvertiser ? 3 : undefined,
      },
      margin: {
        id: "margin",
        header: t("column.margin"),
        hint: word("metric_formula", "margin"),
        align: "end",
        width: 80,
        cell: (row) => format.percent(marginOf(row)),
        value: marginOf,
        hidden: true,
      },
      currency: {
        ...text("currency", t("column.currency"), (row) => row.sale.currency),
        width: 96,
        hidden: true,
      },
    };
    return COLUMN_SETS[set].map((id) => all[id]);
  }, [set, t, word, format]);
}
