import { IconBuildingBank } from "@tabler/icons-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { type Column, DataTable } from "~/ui/DataTable";
import { majorUnits } from "~/ui/format";
import { Money } from "~/ui/Money";
import { EmptyState } from "~/ui/Page";
import { type Receivable, useReceivables } from "./model";

/** What each advertiser owes, how old it is, and what partners wait for beyond it. */
export function ReceivableTable() {
  const { t } = useTranslation("billing");
  const list = useReceivables();
  const columns = useReceivableColumns();
  return (
    <DataTable
      caption={t("owed.title")}
      columns={columns}
      rows={list.rows}
      rowId={(row) => `${row.advertiser_id} ${row.currency}`}
      rowHref={(row) => `/billing/${row.advertiser_id}`}
      state={list.state}
      error={list.error}
      onRetry={list.retry}
      hasMore={list.hasMore}
      loadingMore={list.loadingMore}
      onEndReached={list.loadMore}
      empty={
        <EmptyState
          icon={<IconBuildingBank size={28} stroke={1.5} />}
          title={t("owed.none")}
          text={t("owed.none_text")}
        />
      }
      storageKey="receivables"
      copyName="receivables"
    />
  );
}

function useReceivableColumns(): Column<Receivable>[] {
  const { t } = useTranslation("billing");
  const word = useWords();
  return useMemo(() => {
    const name = (row: Receivable) => row.names[row.advertiser_id] ?? row.advertiser_id;
    const funding = (row: Receivable) => (row.funding ? word("funding", row.funding) : "-");
    const sum = (id: string, header: string, of: (row: Receivable) => number, hint?: string) =>
      ({
        id,
        header,
        hint,
        cell: (row) => <Money value={{ minor: of(row), currency: row.currency }} />,
        value: (row) => majorUnits(of(row), row.currency),
        sortable: true,
        align: "end",
        width: 128,
      }) satisfies Column<Receivable>;
    return [
      {
        id: "advertiser",
        header: t("column.advertiser"),
        cell: (row) => <span translate="no">{name(row)}</span>,
        value: name,
        sortable: true,
        width: 176,
        onCard: 1,
      },
      {
        id: "state",
        header: t("column.state"),
        cell: (row) => (row.state ? <StateChip of="account" state={row.state} /> : "-"),
        value: (row) => (row.state ? word("account_state", row.state) : ""),
        width: 118,
        onCard: 3,
      },
      { id: "funding", header: t("column.funding"), cell: funding, value: funding, width: 110 },
      { ...sum("receivable", t("column.receivable"), (row) => row.receivable), onCard: 2 },
      sum("not_invoiced", t("column.not_invoiced"), (row) => row.not_invoiced, t("column.not_invoiced_hint")),
      sum("current", t("age.current"), ({ ages }) => ages.current),
      sum("days_1_30", t("age.days_1_30"), ({ ages }) => ages.days_1_30),
      sum("days_31_60", t("age.days_31_60"), ({ ages }) => ages.days_31_60),
      sum("days_61_90", t("age.days_61_90"), ({ ages }) => ages.days_61_90),
      sum("days_over_90", t("age.days_over_90"), ({ ages }) => ages.days_over_90),
      sum("prepaid", t("column.prepaid"), (row) => row.prepaid),
      sum("collected", t("column.collected"), (row) => row.collected),
      sum("exposure", t("column.exposure"), (row) => row.exposure, t("column.exposure_hint")),
    ];
  }, [t, word]);
}
