import {
  type ColumnDef,
  type ColumnSizingState,
  type ColumnVisibilityState,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createSortedRowModel,
  type ReactTable,
  type RowSelectionState,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useContext, useEffect, useMemo, useState } from "react";
import { FormatContext } from "../format-context";
import { keepLayout, readLayout } from "./kept";
import { compareValues } from "./sort";
import type { Column, DataTableProps, Sort } from "./types";

export const features = tableFeatures({
  columnVisibilityFeature,
  columnSizingFeature,
  columnResizingFeature,
  rowSortingFeature,
  rowSelectionFeature,
  sortedRowModel: createSortedRowModel(),
});
export type Features = typeof features;
export type RowsTable<Row extends object> = ReactTable<Features, Row>;

const DEFAULT_WIDTH = 160;
const FIGURE_WIDTH = 120;

function toDefs<Row extends object>(
  columns: readonly Column<Row>[],
  language: string,
): ColumnDef<Features, Row>[] {
  return columns.map((column, place) => ({
    id: column.id,
    // Nothing is not a value: it stays last, whichever way the column is sorted.
    accessorFn: (row: Row) => column.value?.(row) ?? undefined,
    header: column.header,
    enableSorting: column.sortable === true,
    enableHiding: place > 0 && column.hideable !== false,
    sortUndefined: "last" as const,
    sortFn: (a, b, id) => compareValues(a.getValue(id), b.getValue(id), language),
    size: column.width ?? (column.align === "end" ? FIGURE_WIDTH : DEFAULT_WIDTH),
    minSize: column.minWidth ?? 64,
    maxSize: 800,
  }));
}

/** The table's model: order, choice and widths of columns, selection. */
export function useRows<Row extends object>(props: DataTableProps<Row>) {
  const { columns, rows, rowId, storageKey, onSort, selection, onSelection } = props;
  const { language } = useContext(FormatContext);
  const [ownSort, setOwnSort] = useState<Sort | null>(props.sort ?? null);
  const sort = onSort ? (props.sort ?? null) : ownSort;
  const [kept] = useState(() => readLayout(storageKey));
  const [visibility, setVisibility] = useState<ColumnVisibilityState>(kept.visibility);
  const [widths, setWidths] = useState<ColumnSizingState>(kept.widths);
  useEffect(() => keepLayout(storageKey, { visibility, widths }), [storageKey, visibility, widths]);

  const defs = useMemo(() => toDefs(columns, language), [columns, language]);
  const columnVisibility = useMemo(
    () => ({
      ...Object.fromEntries(columns.filter((column) => column.hidden).map((column) => [column.id, false])),
      ...visibility,
    }),
    [columns, visibility],
  );
  const rowSelection = useMemo<RowSelectionState>(
    () => Object.fromEntries((selection ?? []).map((id) => [id, true as const])),
    [selection],
  );
  const sorting = useMemo(() => (sort ? [sort] : []), [sort]);

  const table = useTable<Features, Row>({
    features,
    columns: defs,
    data: rows,
    getRowId: rowId,
    manualSorting: (props.sortedBy ?? (onSort ? "server" : "client")) === "server",
    enableRowSelection: onSelection !== undefined,
    columnResizeMode: "onChange",
    state: { sorting, columnVisibility, columnSizing: widths, rowSelection },
    onColumnVisibilityChange: (change) =>
      setVisibility(typeof change === "function" ? change(columnVisibility) : change),
    onColumnSizingChange: setWidths,
    onRowSelectionChange: (change) => {
      const after = typeof change === "function" ? change(rowSelection) : change;
      onSelection?.(Object.keys(after).filter((id) => after[id]));
    },
  });

  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const visible = table.getVisibleLeafColumns().flatMap((column) => byId.get(column.id) ?? []);
  const resetLayout = () => {
    setVisibility({});
    setWidths({});
  };
  return { table, visible, sort, setSort: onSort ?? setOwnSort, widths, setWidths, resetLayout };
}
