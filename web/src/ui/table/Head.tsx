import { Tooltip } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import { ariaSort, nextSort } from "./sort";
import { Tick } from "./Tick";
import classes from "./table.module.css";
import type { Column, Sort } from "./types";
import type { RowsTable } from "./useRows";

interface Props<Row extends object> {
  table: RowsTable<Row>;
  visible: readonly Column<Row>[];
  sort: Sort | null;
  onSort: (sort: Sort | null) => void;
  selectable: boolean;
  hasMenu: boolean;
  filler: boolean;
  onResizeStart: (widths: Record<string, number>) => void;
  totals?: Readonly<Record<string, ReactNode>>;
  totalsLabel?: string;
}

const KEY_STEP = 16;

/** Heads of the columns (sorting, widths) and the row of totals under them. */
export function Head<Row extends object>(props: Props<Row>) {
  const { table, visible, selectable, hasMenu, filler, totals } = props;
  const { t } = useTranslation("ui");
  const line = useRef<HTMLTableRowElement>(null);

  /** The browser spreads spare width over the columns; it is taken as set before one of them moves. */
  const measured = () =>
    Object.fromEntries(
      [...(line.current?.querySelectorAll<HTMLElement>("th[data-column]") ?? [])].map((cell) => [
        cell.dataset.column ?? "",
        cell.offsetWidth,
      ]),
    );

  return (
    <thead>
      <tr ref={line}>
        {selectable ? (
          <th className={`${classes.head} ${classes.check}`} scope="col">
            <Tick
              label={t("table.selectAll")}
              checked={table.getIsAllRowsSelected()}
              mixed={table.getIsSomeRowsSelected()}
              onToggle={() => table.toggleAllRowsSelected(!table.getIsAllRowsSelected())}
            />
          </th>
        ) : null}
        {visible.map((column, place) => (
          <HeadCell key={column.id} {...props} column={column} first={place === 0} measured={measured} />
        ))}
        {filler ? <td className={classes.head} aria-hidden /> : null}
        {hasMenu ? <td className={`${classes.head} ${classes.last}`} /> : null}
      </tr>
      {totals ? (
        <tr className={classes.totals}>
          {selectable ? <td className={`${classes.cell} ${classes.check}`} /> : null}
          {visible.map((column, place) => (
            <td
              key={column.id}
              className={[
                classes.cell,
                column.align === "end" ? classes.end : "",
                place === 0 ? classes.first : "",
              ].join(" ")}
            >
              {totals[column.id] ?? (place === 0 ? (props.totalsLabel ?? t("table.total")) : null)}
            </td>
          ))}
          {filler ? <td className={classes.cell} aria-hidden /> : null}
          {hasMenu ? <td className={`${classes.cell} ${classes.last}`} /> : null}
        </tr>
      ) : null}
    </thead>
  );
}

interface CellProps<Row extends object> extends Props<Row> {
  column: Column<Row>;
  first: boolean;
  measured: () => Record<string, number>;
}

function HeadCell<Row extends object>({ column, first, measured, ...props }: CellProps<Row>) {
  const { table, sort, onSort, onResizeStart } = props;
  const { t } = useTranslation("ui");
  const header = table.getFlatHeaders().find((one) => one.id === column.id);
  const sorted = sort?.id === column.id;
  const Arrow = sort?.desc ? IconArrowDown : IconArrowUp;
  const ends = column.align === "end" ? classes.headEnd : "";
  const width = header?.column.getSize() ?? 0;

  const resizeByKey = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -KEY_STEP, ArrowRight: KEY_STEP }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const widths = measured();
    onResizeStart({
      ...widths,
      [column.id]: Math.max(column.minWidth ?? 64, (widths[column.id] ?? width) + step),
    });
  };
  const startResize = (event: unknown) => {
    onResizeStart(measured());
    header?.getResizeHandler()(event);
  };

  const words = <span>{column.header}</span>;
  const arrow = sorted ? <Arrow size={14} aria-hidden /> : null;
  const text = column.sortable ? (
    <button
      type="button"
      className={`${classes.headButton} ${ends} ${sorted ? classes.sorted : ""}`}
      onClick={() => onSort(nextSort(column, sort))}
    >
      {column.align === "end" ? arrow : null}
      {words}
      {column.align === "end" ? null : arrow}
    </button>
  ) : (
    <div className={`${classes.headText} ${ends}`}>{words}</div>
  );

  return (
    <th
      scope="col"
      data-column={column.id}
      className={`${classes.head} ${first ? classes.first : ""}`}
      aria-sort={column.sortable ? ariaSort(column.id, sort) : undefined}
    >
      <Tooltip
        label={column.hint}
        disabled={!column.hint}
        multiline
        maw={320}
        events={{ hover: true, focus: true, touch: true }}
      >
        {text}
      </Tooltip>
      {/* biome-ignore lint/a11y/useSemanticElements: a rule between columns that moves is a separator, not an hr */}
      <div
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label={t("table.resize", { column: column.header })}
        aria-valuenow={width}
        className={classes.grip}
        data-moving={header?.column.getIsResizing() || undefined}
        onMouseDown={startResize}
        onTouchStart={startResize}
        onKeyDown={resizeByKey}
        onDoubleClick={() => header?.column.resetSize()}
      />
    </th>
  );
}
