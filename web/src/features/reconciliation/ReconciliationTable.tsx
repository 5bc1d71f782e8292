import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type Column, DataTable } from "~/ui/DataTable";
import { useFormat } from "~/ui/format";
import { When } from "~/ui/When";
import {
  groupsQuery,
  type Reconciliation,
  type ReconciliationFilter,
  undecidedOf,
  useReconciliations,
} from "./model";
import { StateCell, useStateWord } from "./StateCell";

interface Props {
  filter: ReconciliationFilter;
  /** An advertiser's own: its closed periods. */
  isOwn?: boolean;
  toolbar?: ReactNode;
  onClearFilters?: () => void;
  empty: ReactNode;
}

/** Periods of advertisers with what each waits for, newest first. */
export function ReconciliationTable({ filter, isOwn = false, toolbar, onClearFilters, empty }: Props) {
  const { t } = useTranslation("reconciliation");
  const list = useReconciliations(filter);
  const columns = useColumns(isOwn);
  return (
    <DataTable
      caption={t("title")}
      columns={columns}
      rows={list.rows}
      rowId={(row) => row.id}
      rowHref={(row) => `/reconciliation/${row.id}`}
      state={list.state}
      error={list.error}
      onRetry={list.retry}
      hasMore={list.hasMore}
      loadingMore={list.loadingMore}
      onEndReached={list.loadMore}
      filtered={onClearFilters && Object.values(filter).some((value) => value !== undefined)}
      onClearFilters={onClearFilters}
      toolbar={toolbar}
      empty={empty}
      storageKey={isOwn ? "own-reconciliations" : "reconciliations"}
      copyName="reconciliations"
    />
  );
}

/** What is still to be done before the period is closed. */
function Waits({ row }: { row: Reconciliation }) {
  const { t } = useTranslation("reconciliation");
  const { number } = useFormat();
  const groups = useQuery({ ...groupsQuery(row.id, true), enabled: row.state === "open" });
  if (row.state === "closed") return t("waits.closed");
  if (row.state === "comparing") return t("waits.comparing");
  if (!groups.data) return "…";
  const count = undecidedOf(groups.data);
  return count === 0 ? t("waits.close") : t("waits.decide", { count, shown: number(count) });
}

function useColumns(isOwn: boolean): Column<Reconciliation>[] {
  const { t } = useTranslation("reconciliation");
  const { dayRange, number } = useFormat();
  const word = useStateWord();
  return useMemo(() => {
    const period = (row: Reconciliation) => dayRange(row.first_day, row.last_day);
    const name = (row: Reconciliation) => row.names[row.advertiser_id] ?? "";
    const kind = (row: Reconciliation) => (row.kind === "rows" ? t("kind.rows") : t("kind.totals"));
    const whose: Column<Reconciliation>[] = [
      {
        id: "advertiser",
        header: t("column.advertiser"),
        cell: (row) => <span translate="no">{name(row)}</span>,
        value: name,
        width: 190,
        onCard: 1,
      },
    ];
    const waits: Column<Reconciliation>[] = [
      {
        id: "state",
        header: t("column.state"),
        cell: (row) => <StateCell state={row.state} />,
        value: (row) => word(row.state),
        width: 130,
        onCard: 3,
      },
      { id: "waits", header: t("column.waits"), cell: (row) => <Waits row={row} />, width: 210, onCard: 3 },
    ];
    return [
      ...(isOwn ? [] : whose),
      {
        id: "period",
        header: t("column.period"),
        cell: period,
        value: period,
        width: 200,
        onCard: isOwn ? 1 : 2,
      },
      ...(isOwn ? [] : waits),
      { id: "kind", header: t("column.kind"), cell: kind, value: kind, width: 150 },
      {
        id: "rows",
        header: t("column.rows"),
        cell: (row) => number(row.rows_count),
        value: (row) => row.rows_count,
        align: "end",
        width: 90,
      },
      {
        id: "file",
        header: t("column.file"),
        cell: (row) => <span translate="no">{row.file_name}</span>,
        value: (row) => row.file_name,
        width: 170,
      },
      {
        id: "closed",
        header: t("column.closed"),
        cell: (row) => <When value={row.closed_at} as="date" />,
        value: (row) => row.closed_at,
        width: 124,
        onCard: isOwn ? 2 : undefined,
      },
    ];
  }, [t, dayRange, number, word, isOwn]);
}
