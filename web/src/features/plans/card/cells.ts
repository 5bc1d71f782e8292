/** Reading the cells of a rate card: what was typed or pasted, as conditions and rates. */
import { priceOf, type RateDraft } from "../effect";
import type { Conditions, Price } from "../shapes";

/** A line of the card as it is typed; nothing typed is changed before it is understood. */
export interface CardRow {
  key: string;
  country: string;
  goal: string;
  traffic: string;
  group: string;
  rate: string;
  revenue: string;
  /** Rules that the line was made from: they keep their ids while their conditions stay. */
  earningsId?: string;
  revenueId?: string;
}

export const COLUMNS = ["country", "goal", "traffic", "group", "rate", "revenue"] as const;
export type Column = (typeof COLUMNS)[number];

export type CellFault =
  | "unknown_country"
  | "unknown_goal"
  | "unknown_traffic"
  | "unreadable_rate"
  | "other_currency"
  | "twice";

/** What is wrong with a cell, with the part of it that was not understood. */
export interface Fault {
  fault: CellFault;
  part: string;
}

export type Faults = Partial<Record<Column, Fault>>;

export interface ReadRow {
  conditions: Conditions;
  rate: Price | null;
  revenue: Price | null;
  faults: Faults;
}

/** What cells may name. */
export interface Vocabulary {
  currency: string;
  goals: readonly { id: string; name: string; kind: string }[];
  /** Codes by the names that people write, folded. */
  countries: ReadonlyMap<string, string>;
  traffic: ReadonlyMap<string, string>;
}

/** Words that mean "whatever it is". */
const ANY = new Set(["", "*", "-", "all", "any", "every", "все", "любая", "любой", "wszystkie", "każdy"]);

export function folded(text: string): string {
  return text.trim().toLocaleLowerCase("en").normalize("NFC");
}

export function isAny(text: string): boolean {
  return ANY.has(folded(text));
}

function parts(text: string): string[] {
  return text
    .split(/[,;/]/)
    .map((part) => part.trim())
    .filter(Boolean);
}

function listed(
  text: string,
  known: (part: string) => string | undefined,
  fault: CellFault,
): { values: string[]; wrong?: Fault } {
  if (isAny(text)) return { values: [] };
  // A name may hold a comma itself: the whole is tried before its parts.
  const whole = known(text);
  if (whole) return { values: [whole] };
  const read = parts(text).map((part) => ({ part, value: known(part) }));
  const wrong = read.find(({ value }) => value === undefined);
  const values = read.flatMap(({ value }) => value ?? []);
  return { values: [...new Set(values)], wrong: wrong && { fault, part: wrong.part } };
}

const CURRENCY_SIGNS: Record<string, string> = {
  "€": "EUR",
  $: "USD",
  "£": "GBP",
  zł: "PLN",
  "₽": "RUB",
  "¥": "JPY",
};

/** "12.5%", "9,60", "9.60 EUR", "€9.60"; nothing is no rate. */
export function readRate(text: string, currency: string): Price | null | Fault {
  const typed = text.trim();
  if (typed === "" || typed === "-") return null;
  const unreadable: Fault = { fault: "unreadable_rate", part: typed };
  const percent = /^([\d\s\u00a0.,]+)%$/.exec(typed);
  if (percent) return rateOf({ kind: "percent", value: percent[1] ?? "" }, currency) ?? unreadable;
  const amount = /^([^\d\s.,-]*)\s*([\d\s\u00a0.,]*\d[\d\s\u00a0.,]*?)\s*([^\d\s.,]*)$/.exec(typed);
  if (!amount) return unreadable;
  const [, before = "", value = "", after = ""] = amount;
  const named = (before || after).trim();
  const told = named && (CURRENCY_SIGNS[named.toLocaleLowerCase("en")] ?? named.toUpperCase());
  if (told && told !== currency) return { fault: "other_currency", part: named };
  return rateOf({ kind: "fixed", value: plain(value) }, currency) ?? unreadable;
}

/** "1,250.00" and "1.250,00" have separators of both kinds: the last one stands before the decimals. */
function plain(value: string): string {
  const last = Math.max(value.lastIndexOf(","), value.lastIndexOf("."));
  const hasBoth = value.includes(",") && value.includes(".");
  if (!hasBoth) return value;
  return `${value.slice(0, last).replace(/[.,]/g, "")}.${value.slice(last + 1)}`;
}

function rateOf(draft: RateDraft, currency: string): Price | undefined {
  return priceOf(draft, currency) ?? undefined;
}

export function isFault(read: Price | null | Fault): read is Fault {
  return read !== null && "fault" in read;
}

/** One line as it can be sent, and what of it cannot be understood. */
export function readRow(row: CardRow, words: Vocabulary): ReadRow {
  const faults: Faults = {};
  const goal = goalOf(row.goal, words);
  const countries = listed(row.country, (part) => words.countries.get(folded(part)), "unknown_country");
  const traffic = listed(row.traffic, (part) => words.traffic.get(folded(part)), "unknown_traffic");
  const groups = isAny(row.group) ? [] : parts(row.group);
  const [rate, revenue] = [readRate(row.rate, words.currency), readRate(row.revenue, words.currency)];
  if (goal === undefined) faults.goal = { fault: "unknown_goal", part: row.goal.trim() };
  if (countries.wrong) faults.country = countries.wrong;
  if (traffic.wrong) faults.traffic = traffic.wrong;
  if (isFault(rate)) faults.rate = rate;
  if (isFault(revenue)) faults.revenue = revenue;
  const conditions: Conditions = {
    ...(goal ? { goal_id: goal } : {}),
    ...(countries.values.length > 0 ? { countries: countries.values } : {}),
    ...(traffic.values.length > 0 ? { traffic_types: traffic.values } : {}),
    ...(groups.length > 0 ? { groups } : {}),
  };
  return {
    conditions,
    rate: isFault(rate) ? null : rate,
    revenue: isFault(revenue) ? null : revenue,
    faults,
  };
}

/** A goal by its name or its kind, where the kind is that of one goal; null for every goal. */
function goalOf(text: string, { goals }: Vocabulary): string | null | undefined {
  if (isAny(text)) return null;
  const wanted = folded(text);
  const named = goals.find(({ id, name }) => folded(name) === wanted || id === text.trim());
  if (named) return named.id;
  const ofKind = goals.filter(({ kind }) => kind === wanted);
  return ofKind.length === 1 ? ofKind[0]?.id : undefined;
}
