import { useTranslation } from "react-i18next";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { FigureLink } from "~/features/offers/FigureLink";
import type { Figures } from "~/features/offers/figures";
import type { Named } from "~/features/offers/model";
import { Amounts } from "~/ui/Amounts";
import type { Column } from "~/ui/DataTable";
import { useFormat } from "~/ui/format";
import type { Advertiser } from "../queries";

type Row = Named<Advertiser>;

export const ADVERTISER_METRICS = ["clicks", "conversions", "payout", "revenue"] as const;

export function useAdvertiserColumns(figures: Figures): Column<Row>[] {
  const { t } = useTranslation("advertisers");
  const word = useWords();
  const { number } = useFormat();
  const figure = (metric: string, cell: (row: Row) => React.ReactNode): Column<Row> => ({
    id: metric,
    header: word("metric", metric),
    hint: word("metric_formula", metric),
    align: "end",
    sortable: true,
    width: 116,
    value: (row) => figures.of(row.id, metric),
    cell,
  });
  const amount = (metric: string): Column<Row> => ({
    ...figure(metric, (row) => <Amounts values={figures.amounts(row.id, metric)} />),
    csv: (row) => figures.plain(row.id, metric),
  });
  const managerOf = (row: Row) => (row.manager_id ? (row.names[row.manager_id] ?? "-") : "-");
  return [
    {
      id: "name",
      header: t("list.name"),
      width: 200,
      sortable: true,
      value: (row) => row.name,
      cell: (row) => row.name,
      onCard: 1,
    },
    {
      id: "state",
      header: t("list.state"),
      width: 110,
      sortable: true,
      value: (row) => word("advertiser_state", row.state),
      cell: (row) => <StateChip of="advertiser" state={row.state} />,
      onCard: 2,
    },
    {
      id: "trust",
      header: t("list.trust"),
      hint: t("list.trust_hint"),
      width: 120,
      value: (row) => word("receipt_trust", row.min_trust),
      cell: (row) => word("receipt_trust", row.min_trust),
    },
    {
      id: "manager",
      header: t("list.manager"),
      width: 150,
      sortable: true,
      value: managerOf,
      cell: managerOf,
    },
    figure("clicks", (row) => number(figures.of(row.id, "clicks"))),
    figure("conversions", (row) => (
      <FigureLink to="/conversions" search={{ advertiser: row.id }}>
        {number(figures.of(row.id, "conversions"))}
      </FigureLink>
    )),
    amount("payout"),
    { ...amount("revenue"), onCard: 3 },
  ];
}
