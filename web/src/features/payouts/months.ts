import type { FilterOption } from "~/ui/FilterChips";
import type { Format } from "~/ui/format";

/** How many months back one may choose. */
const MONTHS = 24;

/** A month such as `2026-11`, so many months later. */
export function monthAfter(month: string, count: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const all = year * 12 + number - 1 + count;
  return `${String(Math.floor(all / 12)).padStart(4, "0")}-${String((all % 12) + 1).padStart(2, "0")}`;
}

export function isMonth(text: string | undefined): text is string {
  return text !== undefined && /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}

/** "November 2026". */
export function monthText(month: string, { date }: Format): string {
  return date(`${month}-01`, { month: "long", year: "numeric" });
}

/** The month of `today` and those before it, the newest first; with `also` among them. */
export function monthOptions(today: string, format: Format, also?: string): FilterOption[] {
  const now = today.slice(0, 7);
  const months = Array.from({ length: MONTHS }, (_, back) => monthAfter(now, -back));
  if (also && !months.includes(also)) months.push(also);
  return months.map((month) => ({ value: month, label: monthText(month, format) }));
}
