import type { Row as TableRow } from "@tanstack/react-table";
import { useVirtualizer, type VirtualItem } from "@tanstack/react-virtual";
import { memo, useCallback, useEffect, useRef, useState } from "react";
import { HrefLink, isPlainClick, useGo } from "../HrefLink";
import { keyMove } from "./keys";
import { RowMenu } from "./RowMenu";
import { RowTick } from "./RowTick";
import classes from "./table.module.css";
import type { Column, DataTableProps } from "./types";
import type { Features } from "./useRows";

/** Past this many rows only those in sight are drawn. */
export const VIRTUAL_FROM = 100;

/** After the key is through: a menu that opens during it would take it for a key pressed elsewhere, and close. */
function openMenu(line: HTMLTableRowElement): void {
  setTimeout(() => line.querySelector<HTMLButtonElement>("[data-row-menu]")?.click());
}

interface Props<Row extends object> {
  rows: TableRow<Features, Row>[];
  visible: readonly Column<Row>[];
  source: DataTableProps<Row>;
  scroller: HTMLElement | null;
  rowHeight: number;
  filler: boolean;
}

/** Rows of the table: those in sight, moved through by keyboard. */
export function Body<Row extends object>({ rows, visible, source, scroller, rowHeight, filler }: Props<Row>) {
  const virtual = rows.length > VIRTUAL_FROM;
  const body = useRef<HTMLTableSectionElement>(null);
  const [active, setActive] = useState(0);
  const wantsFocus = useRef(false);
  const go = useGo();
  const virtualizer = useVirtualizer({
    count: rows.length,
    enabled: virtual,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items: Pick<VirtualItem, "index">[] = virtual
    ? virtualizer.getVirtualItems()
    : rows.map((_, index) => ({ index }));
  const before = virtual ? (virtualizer.getVirtualItems()[0]?.start ?? 0) : 0;
  const after = virtual ? virtualizer.getTotalSize() - (virtualizer.getVirtualItems().at(-1)?.end ?? 0) : 0;
  const current = Math.min(active, Math.max(rows.length - 1, 0));
  const drawn = items.some((item) => item.index === current) ? current : (items[0]?.index ?? 0);

  const rowAt = (index: number) =>
    body.current?.querySelector<HTMLTableRowElement>(`tr[data-index="${index}"]`);
  useEffect(() => {
    if (!wantsFocus.current) return;
    const row = rowAt(current);
    if (!row) return;
    wantsFocus.current = false;
    row.focus({ preventScroll: virtual });
  });

  const moveTo = (index: number) => {
    const target = Math.max(0, Math.min(rows.length - 1, index));
    wantsFocus.current = true;
    setActive(target);
    if (virtual) virtualizer.scrollToIndex(target, { align: "auto" });
    if (target === current) rowAt(target)?.focus();
  };
  const open = useCallback(
    (row: Row) => {
      const href = source.rowHref?.(row);
      if (source.onRowOpen) source.onRowOpen(row);
      else if (href) go(href);
    },
    [source, go],
  );

  // `j` and `k` begin to move from wherever the page was read.
  useEffect(() => {
    const enter = (event: KeyboardEvent) => {
      if (
        event.defaultPrevented ||
        event.target !== document.body ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey
      )
        return;
      if (event.key !== "j" && event.key !== "k") return;
      event.preventDefault();
      rowAt(drawn)?.focus();
    };
    window.addEventListener("keydown", enter);
    return () => window.removeEventListener("keydown", enter);
  });

  const onKeyDown = (event: React.KeyboardEvent) => {
    const line = event.target instanceof HTMLTableRowElement ? event.target : null;
    const row = rows[drawn];
    if (!line || !row || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = keyMove(event.key, drawn, rows.length);
    if (target !== null) moveTo(target);
    else if (event.key === "Enter") open(row.original);
    else if (event.key === " " && source.onSelection) row.toggleSelected();
    else if (event.key === "m" || event.key === "ContextMenu") openMenu(line);
    else return;
    event.preventDefault();
  };

  const width = visible.length + (source.onSelection ? 1 : 0) + (source.rowMenu ? 1 : 0) + (filler ? 1 : 0);
  return (
    <tbody ref={body} onKeyDown={onKeyDown}>
      {before > 0 ? <Space height={before} width={width} /> : null}
      {items.map(({ index }) => {
        const row = rows[index];
        if (!row) return null;
        return (
          <BodyRow
            key={row.id}
            row={row}
            index={index}
            visible={visible}
            source={source}
            chosen={row.getIsSelected()}
            current={index === drawn}
            isOpen={source.openRowId === row.id}
            filler={filler}
            onOpen={open}
            onCurrent={setActive}
          />
        );
      })}
      {after > 0 ? <Space height={after} width={width} /> : null}
    </tbody>
  );
}

function Space({ height, width }: { height: number; width: number }) {
  return (
    <tr className={classes.space} aria-hidden>
      <td colSpan={width} style={{ height }} />
    </tr>
  );
}

interface RowProps<Row extends object> {
  row: TableRow<Features, Row>;
  index: number;
  visible: readonly Column<Row>[];
  source: DataTableProps<Row>;
  chosen: boolean;
  current: boolean;
  isOpen: boolean;
  filler: boolean;
  onOpen: (row: Row) => void;
  onCurrent: (index: number) => void;
}

/** Controls inside a row keep their own clicks. */
function isOwnClick(target: EventTarget): boolean {
  return target instanceof Element && target.closest("a, button, input, label, select, [role=menu]") !== null;
}

function RowOf<Row extends object>(props: RowProps<Row>) {
  const { row, index, visible, source, chosen, current, isOpen, filler } = props;
  const href = source.rowHref?.(row.original);
  const opens = source.onRowOpen !== undefined || href !== undefined;
  const onClick = (event: React.MouseEvent<HTMLTableRowElement>) => {
    if (!opens || isOwnClick(event.target) || !event.currentTarget.contains(event.target as Node)) return;
    if (window.getSelection()?.toString()) return;
    if (!isPlainClick(event) && href) window.open(href, "_blank", "noopener");
    else props.onOpen(row.original);
  };
  return (
    <tr
      className={classes.row}
      data-index={index}
      data-opens={opens || undefined}
      data-chosen={chosen || undefined}
      data-open={isOpen || undefined}
      aria-rowindex={index + 2}
      tabIndex={current ? 0 : -1}
      onFocus={() => props.onCurrent(index)}
      onClick={onClick}
    >
      {source.onSelection ? (
        <td className={`${classes.cell} ${classes.check}`}>
          <RowTick row={row} chosen={chosen} />
        </td>
      ) : null}
      {visible.map((column, place) => {
        const content = column.cell(row.original);
        const kind = `${classes.cell} ${column.align === "end" ? classes.end : ""} ${place === 0 ? classes.first : ""}`;
        return (
          <td key={column.id} className={kind}>
            {place === 0 && href ? (
              <HrefLink href={href} className={classes.rowLink} tabIndex={-1}>
                {content}
              </HrefLink>
            ) : (
              content
            )}
          </td>
        );
      })}
      {filler ? <td className={classes.cell} aria-hidden /> : null}
      {source.rowMenu ? (
        <td className={`${classes.cell} ${classes.last}`}>
          <RowMenu actions={source.rowMenu(row.original)} />
        </td>
      ) : null}
    </tr>
  );
}

const BodyRow = memo(RowOf) as typeof RowOf;
