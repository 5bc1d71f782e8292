import { addDays } from "~/ui/dates";

/** How far a zone's clock is ahead of UTC at a moment, in milliseconds. */
function aheadOfUtc(at: number, timezone: string): number {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: timezone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value ?? 0);
  const shown = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return shown - Math.floor(at / 1000) * 1000;
}

/** The moment at which a local day such as `2026-03-29` begins in a zone, as RFC 3339. */
export function startOfDay(day: string, timezone: string): string {
  const asUtc = Date.parse(`${day}T00:00:00Z`);
  const guess = asUtc - aheadOfUtc(asUtc, timezone);
  // The clock may have been moved between the guess and the day's true beginning.
  const settled = asUtc - aheadOfUtc(guess, timezone);
  return new Date(settled).toISOString();
}

/** Both ends of a range of local days as moments; the end is exclusive. */
export function momentsOf(
  range: { from: string; to: string },
  timezone: string,
): { from: string; to: string } {
  return { from: startOfDay(range.from, timezone), to: startOfDay(addDays(range.to, 1), timezone) };
}
