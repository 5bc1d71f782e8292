import { columnsOf } from "~/domain/amounts";
import type { NamedRow, Report } from "~/domain/report";
import { addDays, type Days } from "~/ui/dates";
import type { MoneyValue } from "~/ui/format";

export const RECENT_METRICS = ["payout", "clicks", "conversions"] as const;
export type RecentMetric = (typeof RECENT_METRICS)[number];
export type Sums = Record<RecentMetric, number>;

export interface Stretch {
  now: Sums;
  before: Sums;
}

export interface Recent {
  today: Stretch;
  yesterday: Stretch;
  month: Stretch;
}

/** This month up to today, and the same days of the month before. */
export function monthsOf(today: string): { now: Days; before: Days } {
  const first = `${today.slice(0, 7)}-01`;
  const lastOfBefore = addDays(first, -1);
  const firstBefore = `${lastOfBefore.slice(0, 7)}-01`;
  const sameDay = addDays(firstBefore, Number(today.slice(8)) - 1);
  return {
    now: { from: first, to: today },
    before: { from: firstBefore, to: sameDay < first ? sameDay : lastOfBefore },
  };
}

/**
 * The latest stretches, each beside the time before. Today is put beside yesterday up to this hour: a day that has just
 * begun would look bad beside a whole one.
 */
export function recentOf(
  days: readonly NamedRow[],
  hours: readonly NamedRow[],
  today: string,
  hour: number,
): Recent {
  const yesterday = addDays(today, -1);
  const month = monthsOf(today);
  const byDay = (from: string, to: string) =>
    sumOf(days.filter((row) => isWithin(String(row.day), from, to)));
  const soFar = hours.filter((row) => {
    const [day, time] = String(row.hour).split("T");
    return day === yesterday && Number(time?.slice(0, 2)) <= hour;
  });
  return {
    today: { now: byDay(today, today), before: sumOf(soFar) },
    yesterday: { now: byDay(yesterday, yesterday), before: byDay(addDays(today, -2), addDays(today, -2)) },
    month: { now: byDay(month.now.from, month.now.to), before: byDay(month.before.from, month.before.to) },
  };
}

function isWithin(day: string, from: string, to: string): boolean {
  return day >= from && day <= to;
}

function sumOf(rows: readonly NamedRow[]): Sums {
  const sum = (metric: RecentMetric) =>
    rows.reduce((total, row) => total + (typeof row[metric] === "number" ? row[metric] : 0), 0);
  return { payout: sum("payout"), clicks: sum("clicks"), conversions: sum("conversions") };
}

/** What some days earned in currencies without a rate into the workspace's. */
export function othersOf(
  rows: readonly NamedRow[],
  columns: Report["columns"],
  from: string,
  to: string,
): MoneyValue[] {
  const days = rows.filter((row) => isWithin(String(row.day), from, to));
  return columnsOf(columns, "payout")
    .slice(1)
    .flatMap(({ name, currency }) => {
      const minor = days.reduce((sum, row) => sum + (typeof row[name] === "number" ? row[name] : 0), 0);
      return currency && minor !== 0 ? [{ minor, currency }] : [];
    });
}
