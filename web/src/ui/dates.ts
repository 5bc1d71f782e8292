export const PRESETS = [
  "today",
  "yesterday",
  "last_7",
  "last_30",
  "this_month",
  "last_month",
  "this_quarter",
  "this_year",
  "last_12_months",
] as const;
export type Preset = (typeof PRESETS)[number] | "custom";

export const COMPARISONS = ["none", "previous_period", "previous_year"] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** Both ends belong to the range; plain dates of the workspace's zone. */
export interface Days {
  from: string;
  to: string;
}

export interface RangeValue extends Days {
  preset: Preset;
  compare: Comparison;
}

/** What a URL keeps of a range: a preset moves with the day, a custom range does not. */
export interface RangeSearch {
  range?: string;
  from?: string;
  to?: string;
  compare?: string;
}

interface Parts {
  year: number;
  month: number;
  day: number;
}

function split(date: string): Parts {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return { year, month, day };
}

/** Months and days beyond their ends carry over, as in a calendar. */
function plain({ year, month, day }: Parts): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

export function addDays(date: string, days: number): string {
  const parts = split(date);
  return plain({ ...parts, day: parts.day + days });
}

/** The same day of another month; the last one where that month is shorter. */
export function addMonths(date: string, months: number): string {
  const { year, month, day } = split(date);
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return plain({ year, month: month + months, day: Math.min(day, lastDay) });
}

/** How many days the range has, both ends counted. */
export function dayCount({ from, to }: Days): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000) + 1;
}

/** The date it is now in a zone. */
export function todayIn(timezone: string, now: Date = new Date()): string {
  return new Intl.DateTimeFormat("en-CA", {
    timeZone: timezone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(now);
}

/** The days of a preset as of a date; periods that are not over end today. */
export function resolveRange(preset: Exclude<Preset, "custom">, today: string): Days {
  const { year, month } = split(today);
  switch (preset) {
    case "today":
      return { from: today, to: today };
    case "yesterday":
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case "last_7":
      return { from: addDays(today, -6), to: today };
    case "last_30":
      return { from: addDays(today, -29), to: today };
    case "this_month":
      return { from: plain({ year, month, day: 1 }), to: today };
    case "last_month":
      return { from: plain({ year, month: month - 1, day: 1 }), to: plain({ year, month, day: 0 }) };
    case "this_quarter":
      return { from: plain({ year, month: month - ((month - 1) % 3), day: 1 }), to: today };
    case "this_year":
      return { from: plain({ year, month: 1, day: 1 }), to: today };
    case "last_12_months":
      return { from: addDays(addMonths(today, -12), 1), to: today };
  }
}

const MONTHS_BACK: Partial<Record<Preset, number>> = {
  this_month: 1,
  last_month: 1,
  this_quarter: 3,
  this_year: 12,
  last_12_months: 12,
};

function endsMonth(date: string): boolean {
  return split(addDays(date, 1)).day === 1;
}

function monthsBefore({ from, to }: Days, months: number): Days {
  const end = addMonths(to, -months);
  // A whole month is compared with a whole month, however long.
  const whole = split(from).day === 1 && endsMonth(to);
  const { year, month } = split(end);
  return { from: addMonths(from, -months), to: whole ? plain({ year, month: month + 1, day: 0 }) : end };
}

/** What a range is compared with; nothing when it is not. */
export function comparedDays({ from, to, preset, compare }: RangeValue): Days | null {
  if (compare === "none") return null;
  if (compare === "previous_year") return monthsBefore({ from, to }, 12);
  const months = MONTHS_BACK[preset];
  if (months) return monthsBefore({ from, to }, months);
  const days = dayCount({ from, to });
  return { from: addDays(from, -days), to: addDays(to, -days) };
}

const isDate = (text: string | undefined): text is string =>
  text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** The range a URL means today; `fallback` where it says nothing that makes sense. */
export function readRange(
  search: RangeSearch,
  today: string,
  fallback: Exclude<Preset, "custom"> = "last_30",
): RangeValue {
  const compare = COMPARISONS.find((one) => one === search.compare) ?? "none";
  if (search.range === "custom" && isDate(search.from) && isDate(search.to) && search.from <= search.to) {
    return { from: search.from, to: search.to, preset: "custom", compare };
  }
  const preset = PRESETS.find((one) => one === search.range) ?? fallback;
  return { ...resolveRange(preset, today), preset, compare };
}

/** The least a URL needs to keep of a range. */
export function writeRange({ from, to, preset, compare }: RangeValue): RangeSearch {
  const compared = compare === "none" ? undefined : compare;
  return preset === "custom"
    ? { range: preset, from, to, compare: compared }
    : { range: preset, from: undefined, to: undefined, compare: compared };
}
