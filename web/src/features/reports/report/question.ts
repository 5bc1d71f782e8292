import type { Question } from "~/domain/report";
import { listOf, type PageSearch, textOf } from "~/frame/search";
import type { DateRangeValue } from "~/ui/dates";

/** Rows that a page shows; the file has all. */
export const ROWS_SHOWN = 1_000;
export const DATE_BASES = ["event", "click", "conversion", "decided", "paid"] as const;
export type DateBasis = (typeof DATE_BASES)[number];

const USUAL_DIMENSIONS = ["day"];
const USUAL_METRICS = [
  "gross_clicks",
  "clicks",
  "conversions",
  "cr",
  "approval_rate",
  "revenue",
  "payout",
  "profit",
  "epc",
];
const DIMENSIONS_MAX = 6;
/** Dimensions that have an order of their own. */
const TIMES = ["hour", "day", "week", "month", "hour_of_day", "weekday"];

/** `offer` with the ids that may pass; null stands for unknown. */
export interface Filter {
  field: string;
  values: string[];
}

/** What a report asks, as it stands in the address. */
export interface ReportState {
  dimensions: string[];
  metrics: string[];
  filters: Filter[];
  basis: DateBasis;
}

export interface ReportSearch {
  dimensions?: string[];
  metrics?: string[];
  filter?: string[];
  basis?: string;
}

function filterOf(text: string): Filter | undefined {
  const [, field, values] = /^([^:]+):(.+)$/.exec(text) ?? [];
  return field && values ? { field, values: values.split("|") } : undefined;
}

export function readFilters(raw: PageSearch): Filter[] {
  return listOf(raw, "filter").flatMap((text) => filterOf(text) ?? []);
}

/** How filters stand in the address; nothing where there are none. */
export function writeFilters(filters: Filter[]): string[] | undefined {
  return filters.length > 0 ? filters.map(({ field, values }) => `${field}:${values.join("|")}`) : undefined;
}

/** How filters are asked; a blank value stands for unknown. */
export function askedFilters(filters: Filter[]): NonNullable<Question["filters"]> {
  return filters.map(({ field, values }) => ({
    field,
    op: "in" as const,
    values: values.map((value) => value || null) as never,
  }));
}

export function readReport(raw: PageSearch): ReportState {
  const [dimensions, metrics] = [listOf(raw, "dimensions"), listOf(raw, "metrics")];
  return {
    dimensions: (dimensions.length > 0 ? dimensions : USUAL_DIMENSIONS).slice(0, DIMENSIONS_MAX),
    metrics: metrics.length > 0 ? metrics : USUAL_METRICS,
    filters: readFilters(raw),
    basis: DATE_BASES.find((basis) => basis === textOf(raw, "basis")) ?? "event",
  };
}

/** The address of a report's state; what is usual is left out. */
export function writeReport(state: ReportState): ReportSearch {
  const same = (a: string[], b: string[]) => a.join() === b.join();
  return {
    dimensions: same(state.dimensions, USUAL_DIMENSIONS) ? undefined : state.dimensions,
    metrics: same(state.metrics, USUAL_METRICS) ? undefined : state.metrics,
    filter: writeFilters(state.filters),
    basis: state.basis === "event" ? undefined : state.basis,
  };
}

/** The question of the page; `known` are the metrics that the person may see. */
export function questionOf(
  state: ReportState,
  range: DateRangeValue,
  known: string[],
  limit: number,
): Question {
  const metrics = state.metrics.filter((metric) => known.includes(metric));
  return {
    from: range.from,
    to: range.to,
    dimensions: state.dimensions,
    metrics,
    filters: askedFilters(state.filters),
    sort: sortOf(state.dimensions, metrics),
    compare: range.compare === "none" ? undefined : range.compare,
    date_basis: state.basis,
    limit,
  };
}

/** Times in their order; anything else by the first metric, the greatest first, so that what is cut off is the least. */
function sortOf(dimensions: string[], metrics: string[]): string[] {
  const [dimension, metric] = [dimensions[0], metrics[0]];
  if (!dimension || TIMES.includes(dimension) || !metric) return dimensions.slice(0, 1);
  return [`-${metric}`];
}
