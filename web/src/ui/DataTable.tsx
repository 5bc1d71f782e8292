import { Skeleton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { type CSSProperties, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState, ErrorState, NothingFound } from "./States";
import { Body } from "./table/Body";
import { Cards } from "./table/Cards";
import { Head } from "./table/Head";
import { MoreRows } from "./table/MoreRows";
import { Toolbar } from "./table/Toolbar";
import classes from "./table/table.module.css";
import type { DataTableProps } from "./table/types";
import { useRows } from "./table/useRows";

export type { CellValue, Column, DataTableProps, RowAction, Sort } from "./table/types";

const PHONE = "(max-width: 37.49em)";
const ROW_HEIGHT = 40;
const TOUCH_ROW_HEIGHT = 44;
const CHECK_WIDTH = 44;
const MENU_WIDTH = 44;
const SKELETON_ROWS = 10;
const DEFAULT_MAX_HEIGHT = "max(320px, calc(100dvh - 240px))";

/** A table of many rows: sorted, sized, chosen, copied, read by keyboard; cards on a phone. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { state = "ready", rows: data } = props;
  const { t } = useTranslation("ui");
  const asCards = useMediaQuery(PHONE, false, { getInitialValueInEffect: false }) ?? false;
  const touch = useMediaQuery("(pointer: coarse)", false, { getInitialValueInEffect: false }) ?? false;
  const rowHeight = Math.max(props.rowHeight ?? ROW_HEIGHT, touch ? TOUCH_ROW_HEIGHT : 0);
  const model = useRows(props);
  const { table, visible, widths } = model;
  // State, not a ref: the rows must be drawn again once the element that scrolls is there.
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const lastCount = useRef(SKELETON_ROWS);
  if (data.length > 0) lastCount.current = Math.min(data.length, 20);

  const rows = table.getRowModel().rows;
  const loading = state === "loading" && data.length === 0;
  const resized = Object.keys(widths).length > 0;
  const selectable = props.onSelection !== undefined;
  useEffect(() => (scroller ? watchEdges(scroller) : undefined), [scroller]);

  const more = props.hasMore && props.onEndReached && data.length > 0 && (
    <MoreRows
      loading={props.loadingMore === true}
      rowCount={data.length}
      onMore={props.onEndReached}
      scroller={asCards ? null : scroller}
    />
  );
  // What scrolls marks its frame; a frame without it is another one.
  const frame = (inside: React.ReactNode, scrolls = false) => (
    <div>
      <Toolbar
        table={table}
        visible={visible}
        asCards={asCards}
        sort={model.sort}
        onSort={model.setSort}
        onResetLayout={model.resetLayout}
        source={props}
      />
      <div key={scrolls ? "scrolls" : "whole"} className={classes.frame}>
        {inside}
      </div>
    </div>
  );

  if (state === "error" && data.length === 0)
    return frame(<ErrorState error={props.error} onRetry={props.onRetry} />);
  if (state === "ready" && data.length === 0) {
    if (props.filtered) return frame(<NothingFound onClearFilters={props.onClearFilters} />);
    return frame(props.empty ?? <EmptyState title={t("table.empty")} />);
  }
  if (asCards) {
    return frame(
      <>
        {loading ? <SkeletonCards count={lastCount.current} /> : <Cards rows={rows} source={props} />}
        {more}
      </>,
    );
  }

  const tableWidth =
    table.getVisibleLeafColumns().reduce((sum, column) => sum + column.getSize(), 0) +
    (selectable ? CHECK_WIDTH : 0) +
    (props.rowMenu ? MENU_WIDTH : 0);
  const style = {
    "--row-height": `${rowHeight}px`,
    "--first-start": selectable ? `${CHECK_WIDTH}px` : "0px",
    maxHeight: props.maxHeight ?? DEFAULT_MAX_HEIGHT,
  } as CSSProperties;
  return frame(
    <section
      ref={setScroller}
      className={classes.scroller}
      style={style}
      onScroll={(event) => markEdges(event.currentTarget)}
      aria-label={props.caption}
      aria-busy={loading}
    >
      <table
        className={classes.table}
        style={{ minWidth: tableWidth }}
        aria-rowcount={props.hasMore ? -1 : rows.length + 1}
      >
        <caption className={classes.caption}>{props.caption}</caption>
        <colgroup>
          {selectable ? <col style={{ width: CHECK_WIDTH }} /> : null}
          {table.getVisibleLeafColumns().map((column) => (
            <col key={column.id} style={{ width: column.getSize() }} />
          ))}
          {resized ? <col /> : null}
          {props.rowMenu ? <col style={{ width: MENU_WIDTH }} /> : null}
        </colgroup>
        <Head
          table={table}
          visible={visible}
          sort={model.sort}
          onSort={model.setSort}
          selectable={selectable}
          hasMenu={props.rowMenu !== undefined}
          filler={resized}
          onResizeStart={model.setWidths}
          totals={props.totals}
          totalsLabel={props.totalsLabel}
        />
        {loading ? (
          <SkeletonRows
            count={lastCount.current}
            columns={visible.length + (selectable ? 1 : 0) + (props.rowMenu ? 1 : 0)}
          />
        ) : (
          <Body
            rows={rows}
            visible={visible}
            source={props}
            scroller={scroller}
            rowHeight={rowHeight}
            filler={resized}
          />
        )}
      </table>
      {more}
    </section>,
    true,
  );
}

/** Says of what scrolls whether columns are hidden before its start and behind its end. */
function markEdges(scroller: HTMLElement): void {
  const { scrollLeft, clientWidth, scrollWidth } = scroller;
  scroller.toggleAttribute("data-scrolled", scrollLeft > 0);
  scroller.parentElement?.toggleAttribute("data-more", scrollLeft + clientWidth < scrollWidth - 1);
}

function watchEdges(scroller: HTMLElement): () => void {
  const watch = new ResizeObserver(() => markEdges(scroller));
  watch.observe(scroller);
  if (scroller.firstElementChild) watch.observe(scroller.firstElementChild);
  return () => watch.disconnect();
}

function SkeletonRows({ count, columns }: { count: number; columns: number }) {
  return (
    <tbody aria-hidden>
      {Array.from({ length: count }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: grey rows are alike and never move
        <tr key={row} className={classes.row}>
          {Array.from({ length: columns }, (_, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <td key={column} className={classes.cell}>
              <Skeleton height={12} width={`${80 - ((row * 7 + column * 13) % 40)}%`} radius="sm" />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

function SkeletonCards({ count }: { count: number }) {
  return (
    <div aria-hidden>
      {Array.from({ length: Math.min(count, 8) }, (_, card) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: grey cards are alike and never move
        <div key={card} className={classes.card} style={{ height: 76 }}>
          <div className={classes.cardBody}>
            <Skeleton height={14} width="55%" mb={12} radius="sm" />
            <Skeleton height={12} width="80%" radius="sm" />
          </div>
        </div>
      ))}
    </div>
  );
}
