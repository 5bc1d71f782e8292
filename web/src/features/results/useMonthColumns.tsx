import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Column } from "~/ui/DataTable";
import { majorUnits } from "~/ui/format";
import { Money } from "~/ui/Money";
import type { NamedMonth } from "./model";

type Amount = "net_revenue_minor" | "carried_in_minor" | "base_minor" | "earned_minor" | "carried_out_minor";

/** The columns of months; partners need no name of their own. */
export function useMonthColumns(withPartner: boolean): Column<NamedMonth>[] {
  const { t } = useTranslation("results");
  return useMemo(() => {
    const amount = (id: Amount, header: string, hint?: string): Column<NamedMonth> => ({
      id,
      header,
      hint,
      align: "end",
      width: 140,
      sortable: true,
      cell: (month) => <Money value={{ minor: month[id], currency: month.currency }} />,
      value: (month) => majorUnits(month[id], month.currency),
    });
    const named = (id: "partner_id" | "advertiser_id", header: string): Column<NamedMonth> => ({
      id,
      header,
      width: 190,
      sortable: true,
      cell: (month) => <span translate="no">{month.names[month[id]]}</span>,
      value: (month) => month.names[month[id]] ?? "",
      onCard: 2,
    });
    const columns: Column<NamedMonth>[] = [
      {
        id: "month",
        header: t("column.month"),
        width: 110,
        sortable: true,
        cell: (month) => month.month,
        value: (month) => month.month,
        onCard: 1,
      },
      named("advertiser_id", t("column.brand")),
      amount("net_revenue_minor", t("column.net"), t("column.net_hint")),
      amount("carried_in_minor", t("column.carried_in"), t("column.carried_in_hint")),
      amount("base_minor", t("column.base"), t("column.base_hint")),
      {
        id: "percent",
        header: t("column.percent"),
        align: "end",
        width: 90,
        cell: (month) => `${month.percent}%`,
        value: (month) => Number(month.percent),
      },
      { ...amount("earned_minor", t("column.earned")), onCard: 3 },
      { ...amount("carried_out_minor", t("column.carried_out"), t("column.carried_out_hint")), onCard: 4 },
    ];
    if (withPartner) columns.splice(1, 0, { ...named("partner_id", t("column.partner")), onCard: undefined });
    return columns;
  }, [t, withPartner]);
}
