import { useTranslation } from "react-i18next";
import { type Column, DataTable } from "~/ui/DataTable";
import { useFormat } from "~/ui/format";
import { Money } from "~/ui/Money";
import type { Simulation, SimulationResult } from "./queries";

type Change = SimulationResult["partners"][number];

interface Props {
  simulation: Simulation;
  result: SimulationResult;
}

/** Every partner's change. */
export function PartnerTable({ simulation, result }: Props) {
  const { t } = useTranslation("simulations");
  const { number } = useFormat();
  const { currency, labels } = simulation;
  const figure = (
    id: string,
    header: string,
    of: (row: Change) => number,
    onCard?: 2 | 3 | 4,
  ): Column<Change> => ({
    id,
    header,
    align: "end",
    cell: (row) => <Money value={{ minor: of(row), currency }} />,
    value: of,
    onCard,
  });
  const columns: Column<Change>[] = [
    {
      id: "partner",
      header: t("partner"),
      cell: (row) => <span translate="no">{labels[row.partner_id] ?? row.partner_id}</span>,
      value: (row) => labels[row.partner_id] ?? row.partner_id,
      onCard: 1,
    },
    {
      id: "conversions",
      header: t("conversions"),
      align: "end",
      cell: (row) => number(row.conversions),
      value: (row) => row.conversions,
    },
    figure("before", t("earnings_now"), (row) => row.before.earnings_minor, 2),
    figure("after", t("earnings_tried"), (row) => row.after.earnings_minor, 3),
    figure("change", t("change"), (row) => row.change_minor, 4),
    figure("profit", t("profit_tried"), (row) => row.after.profit_minor),
  ];
  return (
    <DataTable
      columns={columns}
      rows={result.partners}
      rowId={(row) => row.partner_id}
      rowHref={(row) => `/partners/${row.partner_id}`}
      caption={t("partners")}
    />
  );
}
