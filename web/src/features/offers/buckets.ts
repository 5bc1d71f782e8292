import { addDays, addMonths, type Days, dayCount } from "~/ui/dates";
import type { Grain } from "~/ui/TimeChart";

const DAILY_MAX = 92;
const WEEKLY_MAX = 400;

/** How finely a stretch is drawn. */
export function grainOf(days: Days): Exclude<Grain, "hour"> {
  const count = dayCount(days);
  if (count <= DAILY_MAX) return "day";
  return count <= WEEKLY_MAX ? "week" : "month";
}

function firstOf(day: string, grain: Grain): string {
  if (grain === "month") return `${day.slice(0, 7)}-01`;
  if (grain !== "week") return day;
  const sinceMonday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -sinceMonday);
}

/** Every bucket of the stretch as reports name them: days, Mondays, first days of months. */
export function bucketsOf(days: Days, grain: Grain): string[] {
  const buckets: string[] = [];
  let next = firstOf(days.from, grain);
  while (next <= days.to) {
    buckets.push(next);
    next = grain === "month" ? addMonths(next, 1) : addDays(next, grain === "week" ? 7 : 1);
  }
  return buckets;
}
