export const PRESETS = [
  "today",
  "yesterday",
  "last_7_days",
  "last_30_days",
  "this_month",
  "last_month",
  "this_quarter",
  "this_year",
  "last_12_months",
] as const;
/** A range that moves with the day. */
export type MovingPreset = (typeof PRESETS)[number];
export type Preset = MovingPreset | "custom";

export function isPreset(name: string | undefined): name is MovingPreset {
  return PRESETS.some((preset) => preset === name);
}

export const COMPARISONS = ["none", "previous_period", "previous_year"] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** Both ends belong to the range; plain dates of the workspace's zone. */
export interface Days {
  from: string;
  to: string;
}

export interface DateRangeValue extends Days {
  preset: Preset;
  compare: Comparison;
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
export function resolveRange(preset: MovingPreset, today: string): Days {
  const { year, month } = split(today);
  switch (preset) {
    case "today":
      return { from: today, to: today };
    case "yesterday":
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case "last_7_days":
      return { from: addDays(today, -6), to: today };
    case "last_30_days":
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
export function comparedDays({ from, to, preset, compare }: DateRangeValue): Days | null {
  if (compare === "none") return null;
  if (compare === "previous_year") return monthsBefore({ from, to }, 12);
  const months = MONTHS_BACK[preset];
  if (months) return monthsBefore({ from, to }, months);
  const days = dayCount({ from, to });
  return { from: addDays(from, -days), to: addDays(to, -days) };
}
