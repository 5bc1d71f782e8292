import type { ReactNode } from "react";

export type CellValue = string | number | boolean | null | undefined;

/** A column: what it says and what it is worth for sorting and for a spreadsheet. */
export interface Column<Row> {
  id: string;
  /** Words of the head; also in the chooser and in the CSV. */
  header: string;
  /** The formula or meaning, on hover and focus of the head. */
  hint?: string;
  cell: (row: Row) => ReactNode;
  /** What the cell is worth: client sorting and CSV. Columns without it are left out of the CSV. */
  value?: (row: Row) => CellValue;
  /** What the CSV says when it is not `value`. */
  csv?: (row: Row) => CellValue;
  /** "end" for figures: right-aligned and tabular. */
  align?: "start" | "end";
  sortable?: boolean;
  /** The first press sorts from the greatest down; so it is for figures unless told. */
  descFirst?: boolean;
  width?: number;
  minWidth?: number;
  /** May be hidden by the chooser; true unless told, never for the first column. */
  hideable?: boolean;
  /** Hidden until someone chooses it. */
  hidden?: boolean;
  /** Place on a phone's card: 1 is its title, the others stand below. */
  onCard?: 1 | 2 | 3 | 4;
}

export interface Sort {
  id: string;
  desc: boolean;
}

export interface RowAction {
  id: string;
  label: string;
  icon?: ReactNode;
  danger?: boolean;
  disabled?: boolean;
  onClick: () => void;
}

export interface DataTableProps<Row> {
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** What the table holds, for screen readers. */
  caption: string;
  /** "ready" unless told. Rows already there stay while more load. */
  state?: "loading" | "error" | "ready";
  error?: unknown;
  onRetry?: () => void;
  /** Shown when there are no rows and no filters. */
  empty?: ReactNode;
  /** Filters are set, so that no rows means "nothing found". */
  filtered?: boolean;
  onClearFilters?: () => void;
  /** Given with `onSort`: the caller keeps the order (in the URL). Without it the table keeps it itself. */
  sort?: Sort | null;
  onSort?: (sort: Sort | null) => void;
  /** Who sorts: "server" when `onSort` is given and nothing else is said. */
  sortedBy?: "client" | "server";
  /** Figures of all rows by column id, on top of the body. */
  totals?: Readonly<Record<string, ReactNode>>;
  totalsLabel?: string;
  /** Chosen row ids; with `onSelection` each row gets a checkbox. */
  selection?: readonly string[];
  onSelection?: (ids: string[]) => void;
  /** Buttons for the chosen rows, in the place of the toolbar. */
  bulkBar?: (selectedIds: string[]) => ReactNode;
  onRowOpen?: (row: Row) => void;
  /** Address of the row: the first cell becomes a link to it. */
  rowHref?: (row: Row) => string | undefined;
  /** The row open beside (in a drawer) is marked. */
  openRowId?: string;
  /** What can be done with one row: a menu at its end. */
  rowMenu?: (row: Row) => RowAction[];
  onEndReached?: () => void;
  hasMore?: boolean;
  loadingMore?: boolean;
  /** Height at which the table scrolls inside itself. */
  maxHeight?: number | string;
  rowHeight?: number;
  /** Keeps column choice and widths in this browser under this name. */
  storageKey?: string;
  /** Offers "Copy as CSV" and a file of this name. */
  copyName?: string;
  /** The caller's own controls at the left of the toolbar. */
  toolbar?: ReactNode;
}
