import type { MoneyValue } from "~/ui/format";
import type { NamedRow, Report } from "./report";

type Columns = Pick<Report["columns"][number], "name" | "currency">[];

const BEFORE = "_previous";
const OF_CURRENCY = /^(.+)_([a-z0-9]{3,8})$/;

/** What a report's column tells: a metric, for all currencies with a rate or for one without, now or before. */
export interface ColumnMeaning {
  metric: string;
  /** A currency's code where the column speaks of one currency alone. */
  alone: string | undefined;
  isBefore: boolean;
}

/** Amounts without a rate into the workspace's currency stand in columns of their own: `payout_usd`. */
export function meaningOf(name: string, columns: { name: string }[]): ColumnMeaning {
  const isBefore = name.endsWith(BEFORE);
  const plain = isBefore ? name.slice(0, -BEFORE.length) : name;
  const [, metric, code] = OF_CURRENCY.exec(plain) ?? [];
  const isAlone = metric !== undefined && columns.some((column) => column.name === metric);
  return isAlone
    ? { metric, alone: code?.toUpperCase(), isBefore }
    : { metric: plain, alone: undefined, isBefore };
}

/** The columns of a metric now: the workspace's currency first, then each without a rate. */
export function columnsOf<Column extends { name: string }>(columns: Column[], metric: string): Column[] {
  return columns.filter(({ name }) => {
    const meaning = meaningOf(name, columns);
    return meaning.metric === metric && !meaning.isBefore;
  });
}

/** The columns that hold an amount: the workspace's currency first, then each without a rate. */
export function amountColumns(columns: Columns, metric: string): { name: string; currency: string }[] {
  return columnsOf(columns, metric).flatMap(({ name, currency }) => (currency ? [{ name, currency }] : []));
}

/** An amount in every currency it has; nought of the workspace's where there is none. */
export function amountsOf(cells: NamedRow | undefined, columns: Columns, metric: string): MoneyValue[] {
  const all = amountColumns(columns, metric).map(({ name, currency }) => {
    const minor = cells?.[name];
    return { minor: typeof minor === "number" ? minor : 0, currency };
  });
  const known = all.filter(({ minor }) => minor !== 0);
  return known.length > 0 ? known : all.slice(0, 1);
}
