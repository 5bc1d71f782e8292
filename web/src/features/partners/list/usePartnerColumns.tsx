import { useTranslation } from "react-i18next";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { FigureLink } from "~/features/offers/FigureLink";
import { type Figures, plainAmount } from "~/features/offers/figures";
import type { Named } from "~/features/offers/model";
import { Amounts } from "~/ui/Amounts";
import type { Column } from "~/ui/DataTable";
import { type MoneyValue, useFormat } from "~/ui/format";
import { When } from "~/ui/When";
import type { Partner } from "../model";

type Row = Named<Partner>;

export const PARTNER_METRICS = ["clicks", "conversions", "approval_rate", "payout", "revenue"] as const;

export function usePartnerColumns(
  figures: Figures,
  payable: Map<string, MoneyValue> | undefined,
): Column<Row>[] {
  const { t } = useTranslation("partners");
  const word = useWords();
  const { money, number, percent } = useFormat();
  const figure = (metric: string, cell: (row: Row) => React.ReactNode, width: number): Column<Row> => ({
    id: metric,
    header: word("metric", metric),
    hint: word("metric_formula", metric),
    align: "end",
    sortable: true,
    width,
    value: (row) => figures.of(row.id, metric),
    cell,
  });
  const amount = (metric: string): Column<Row> => ({
    ...figure(metric, (row) => <Amounts values={figures.amounts(row.id, metric)} />, 112),
    csv: (row) => figures.plain(row.id, metric),
  });
  const owed = (row: Row) => payable?.get(row.id) ?? null;
  const columns: Column<Row>[] = [
    {
      id: "name",
      header: t("list.name"),
      width: 190,
      sortable: true,
      value: (row) => row.name,
      cell: (row) => row.name,
      onCard: 1,
    },
    {
      id: "state",
      header: t("list.state"),
      width: 128,
      sortable: true,
      value: (row) => word("partner_state", row.state),
      cell: (row) => <StateChip of="partner" state={row.state} />,
      onCard: 2,
    },
    {
      id: "group",
      header: t("list.group"),
      width: 90,
      hidden: true,
      sortable: true,
      value: (row) => row.group,
      cell: (row) => row.group ?? "-",
    },
    {
      id: "tags",
      header: t("list.tags"),
      width: 110,
      hidden: true,
      value: (row) => row.tags.join(", "),
      cell: (row) => row.tags.join(", ") || "-",
    },
    {
      id: "manager",
      header: t("list.manager"),
      width: 130,
      sortable: true,
      value: (row) => (row.manager_id ? row.names[row.manager_id] : null),
      cell: (row) => (row.manager_id ? (row.names[row.manager_id] ?? "-") : "-"),
    },
    figure("clicks", (row) => number(figures.of(row.id, "clicks")), 84),
    figure(
      "conversions",
      (row) => (
        <FigureLink to="/conversions" search={{ partner: row.id }}>
          {number(figures.of(row.id, "conversions"))}
        </FigureLink>
      ),
      112,
    ),
    { ...figure("approval_rate", (row) => percent(figures.of(row.id, "approval_rate")), 120), hidden: true },
    { ...amount("payout"), onCard: 3 },
    amount("revenue"),
    {
      id: "email",
      header: t("list.email"),
      width: 220,
      hidden: true,
      sortable: true,
      value: (row) => row.email,
      cell: (row) => row.email,
    },
    {
      id: "since",
      header: t("list.since"),
      width: 130,
      hidden: true,
      sortable: true,
      value: (row) => row.created_at,
      cell: (row) => <When value={row.created_at} as="date" />,
    },
  ];
  if (!payable) return columns;
  const payableColumn: Column<Row> = {
    id: "payable",
    header: t("list.payable"),
    hint: t("list.payable_hint"),
    align: "end",
    sortable: true,
    width: 112,
    value: (row) => owed(row)?.minor ?? 0,
    csv: (row) => plainAmount(owed(row)),
    cell: (row) => money(owed(row)),
  };
  return [...columns.slice(0, 10), payableColumn, ...columns.slice(10)];
}
