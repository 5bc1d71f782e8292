import type { Schemas } from "~/api/client";
import { placeOf, type Sheet } from "./sheet";

export type Mapping = Schemas["AgreedMapping"];
export type Columns = Required<Schemas["FileColumns"]>;
export type ColumnName = keyof Columns;
export type Meaning = Schemas["WordMeaning"];
export type FiguresKind = Schemas["FiguresKind"];

/** What a column of a file with a row for each conversion can be. */
export const ROW_COLUMNS = [
  "click",
  "order",
  "customer",
  "status",
  "amount",
  "currency",
  "date",
] as const satisfies readonly ColumnName[];

/** The same of a file of totals. */
export const TOTAL_COLUMNS = [
  "offer",
  "country",
  "source",
  "count",
  "amount",
  "currency",
] as const satisfies readonly ColumnName[];

const NO_COLUMNS: Columns = {
  click: null,
  order: null,
  customer: null,
  status: null,
  amount: null,
  currency: null,
  date: null,
  offer: null,
  country: null,
  source: null,
  count: null,
};

/** How a column of each kind is usually called. */
const USUAL: Record<ColumnName, RegExp> = {
  click: /^(click|clickid|sub|aff.?sub|tid|transaction|кл[иi]к)/i,
  order: /^(order|invoice|заказ|zam[oó]wien)/i,
  customer: /^(customer|client|player|user|lead|клиент|klient)/i,
  status: /^(status|state|статус|stan)/i,
  amount: /^(amount|sum|payout|revenue|price|total|commission|сумма|kwota)/i,
  currency: /^(cur|валюта|waluta)/i,
  date: /^(date|time|day|created|дата|data)/i,
  offer: /^(offer|campaign|program|оффер|ofert)/i,
  country: /^(country|geo|страна|kraj)/i,
  source: /^(source|источник|źródło)/i,
  count: /^(count|leads|conversions|sales|number|quantity|количество|liczba)/i,
};

export function newMapping(currency: string, timeZone: string): Mapping {
  return {
    columns: { ...NO_COLUMNS },
    words: {},
    currency,
    decimal_mark: "point",
    date_form: "year_first",
    time_zone: timeZone,
    date_basis: "event",
    window_days: null,
    rounding: 1,
    amount_of: "charge",
  };
}

export function kindOf(mapping: Mapping): FiguresKind {
  return mapping.columns.count == null ? "rows" : "totals";
}

/** The columns that a kind of file has; the rest is forgotten. */
export function columnsFor(kind: FiguresKind, columns: Schemas["FileColumns"]): Columns {
  const names: readonly ColumnName[] = kind === "rows" ? ROW_COLUMNS : TOTAL_COLUMNS;
  const kept = names.map((name) => [name, columns[name]?.trim() || null] as const);
  const filled: Columns = { ...NO_COLUMNS, ...Object.fromEntries(kept) };
  return kind === "totals" ? { ...filled, count: filled.count ?? "" } : filled;
}

/** Columns that nobody has named yet, by how they are usually called. */
export function guessed(kind: FiguresKind, columns: Schemas["FileColumns"], sheet: Sheet): Columns {
  const names: readonly ColumnName[] = kind === "rows" ? ROW_COLUMNS : TOTAL_COLUMNS;
  const filled = columnsFor(kind, columns);
  for (const name of names) {
    const taken = Object.values(filled);
    const fits = (column: string) => USUAL[name].test(column) && !taken.includes(column);
    if (!filled[name]) filled[name] = sheet.header.find(fits) ?? filled[name];
  }
  return filled;
}

/** Named columns that the file lacks. */
export function lacking(columns: Schemas["FileColumns"], sheet: Sheet | undefined): ColumnName[] {
  if (!sheet) return [];
  const named = Object.entries(columns).filter(([, column]) => column) as [ColumnName, string][];
  return named.filter(([, column]) => placeOf(sheet.header, column) < 0).map(([name]) => name);
}

/** Whether something names a row, or a cell and how many it stands for. */
export function isWhole(mapping: Mapping): boolean {
  const { click, order, customer, offer, country, source, count } = mapping.columns;
  if (kindOf(mapping) === "rows") return Boolean(click || order || customer);
  return Boolean(count && (offer || country || source));
}

/** A meaning as the value of a choice: `rejected:returned`. */
export function meaningCode(meaning: Meaning | undefined): string {
  if (meaning === undefined) return "";
  if (typeof meaning === "string") return meaning;
  return meaning.rejected ? `rejected:${meaning.rejected}` : "rejected";
}

export function meaningOf(code: string): Meaning | undefined {
  if (code === "") return undefined;
  if (code === "pending" || code === "approved" || code === "test") return code;
  const reason = code.split(":")[1];
  return { rejected: (reason as Schemas["ConversionReason"] | undefined) ?? null };
}
