import type { Format } from "../format";

export type Grain = "hour" | "day" | "week" | "month";

const AXIS: Record<Grain, Intl.DateTimeFormatOptions> = {
  hour: { hour: "2-digit", minute: "2-digit" },
  day: { day: "numeric", month: "short" },
  week: { day: "numeric", month: "short" },
  month: { month: "short", year: "2-digit" },
};

const FULL: Record<Grain, Intl.DateTimeFormatOptions> = {
  hour: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  day: { weekday: "short", day: "numeric", month: "short", year: "numeric" },
  week: { day: "numeric", month: "short", year: "numeric" },
  month: { month: "long", year: "numeric" },
};

export function axisTime(format: Format, time: string, grain: Grain): string {
  return format.date(time, AXIS[grain]);
}

export function fullTime(format: Format, time: string, grain: Grain): string {
  return format.date(time, FULL[grain]);
}
