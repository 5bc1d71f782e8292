import type { Row as TableRow } from "@tanstack/react-table";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import { HrefLink } from "../HrefLink";
import { VIRTUAL_FROM } from "./Body";
import { RowMenu } from "./RowMenu";
import { RowTick } from "./RowTick";
import { cardColumns } from "./sort";
import classes from "./table.module.css";
import type { Column, DataTableProps } from "./types";
import type { Features } from "./useRows";

const CARD_HEIGHT = 76;

interface Props<Row extends object> {
  rows: TableRow<Features, Row>[];
  source: DataTableProps<Row>;
}

/** On a phone each row is a card. */
export function Cards<Row extends object>({ rows, source }: Props<Row>) {
  const { t } = useTranslation("ui");
  const list = useRef<HTMLUListElement>(null);
  const virtual = rows.length > VIRTUAL_FROM;
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    enabled: virtual,
    estimateSize: () => CARD_HEIGHT,
    overscan: 8,
    scrollMargin: list.current?.offsetTop ?? 0,
  });
  const items = virtual
    ? virtualizer.getVirtualItems()
    : rows.map((_, index) => ({ index, start: 0, end: 0 }));
  const margin = virtualizer.options.scrollMargin;
  const before = virtual ? (items[0]?.start ?? margin) - margin : 0;
  const after = virtual ? virtualizer.getTotalSize() - ((items.at(-1)?.end ?? margin) - margin) : 0;
  const columns = cardColumns(source.columns);
  const { totals } = source;
  return (
    <ul
      ref={list}
      className={classes.cards}
      aria-label={source.caption}
      style={{ paddingTop: before, paddingBottom: after }}
    >
      {totals && before === 0 ? (
        <li className={`${classes.card} ${classes.totals}`}>
          <div className={classes.cardBody}>
            <div className={classes.cardTitle}>{source.totalsLabel ?? t("table.total")}</div>
            <Facts
              columns={columns.slice(1).filter((column) => totals[column.id] !== undefined)}
              tell={(column) => totals[column.id]}
            />
          </div>
        </li>
      ) : null}
      {items.map(({ index }) => {
        const row = rows[index];
        if (!row) return null;
        return (
          <li
            key={row.id}
            className={classes.card}
            data-index={index}
            ref={virtual ? virtualizer.measureElement : undefined}
            data-chosen={row.getIsSelected() || undefined}
            data-open={source.openRowId === row.id || undefined}
          >
            {source.onSelection ? (
              <div className={classes.cardAside}>
                <RowTick row={row} chosen={row.getIsSelected()} />
              </div>
            ) : null}
            <div className={classes.cardBody}>
              <CardTitle row={row.original} source={source} title={columns[0]?.cell(row.original)} />
              <Facts columns={columns.slice(1)} tell={(column) => column.cell(row.original)} />
            </div>
            {source.rowMenu ? (
              <div className={classes.cardAside}>
                <RowMenu actions={source.rowMenu(row.original)} />
              </div>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}

function CardTitle<Row extends object>(props: { row: Row; source: DataTableProps<Row>; title: ReactNode }) {
  const { row, source, title } = props;
  const href = source.rowHref?.(row);
  if (source.onRowOpen)
    return (
      <button
        type="button"
        className={`${classes.cardOpen} ${classes.cardTitle}`}
        onClick={() => source.onRowOpen?.(row)}
      >
        {title}
      </button>
    );
  if (href)
    return (
      <HrefLink href={href} className={`${classes.cardOpen} ${classes.cardTitle}`}>
        {title}
      </HrefLink>
    );
  return <div className={classes.cardTitle}>{title}</div>;
}

function Facts<Row>({ columns, tell }: { columns: Column<Row>[]; tell: (column: Column<Row>) => ReactNode }) {
  return (
    <dl className={classes.cardFacts}>
      {columns.map((column) => (
        <div key={column.id}>
          <dt>{column.header}</dt>
          <dd>{tell(column)}</dd>
        </div>
      ))}
    </dl>
  );
}
