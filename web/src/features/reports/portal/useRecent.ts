import { useMe } from "~/domain/person";
import { namedRows, type Question, useReport } from "~/domain/report";
import { addDays, todayIn } from "~/ui/dates";
import type { MoneyValue } from "~/ui/format";
import { monthsOf, othersOf, RECENT_METRICS, type Recent, recentOf } from "./recent";

function hourIn(timezone: string): number {
  return Number(
    new Intl.DateTimeFormat("en-GB", { timeZone: timezone, hour: "2-digit", hourCycle: "h23" }).format(
      new Date(),
    ),
  );
}

/** Today, yesterday and this month of one's own rows, in the workspace's zone. */
export function useRecent(): {
  recent: Recent | undefined;
  currency: string;
  /** What was earned besides, in currencies without a rate. */
  others: (from: string, to: string) => MoneyValue[];
  error: unknown;
  retry: () => void;
} {
  const { timezone, reporting_currency } = useMe().workspace;
  const today = todayIn(timezone);
  const metrics = [...RECENT_METRICS];
  const days = useReport({
    from: monthsOf(today).before.from,
    to: today,
    dimensions: ["day"],
    metrics,
  } as Question);
  const hours = useReport({ from: addDays(today, -1), to: today, dimensions: ["hour"], metrics } as Question);
  const currency = days.data?.columns.find((column) => column.currency)?.currency ?? reporting_currency;
  const recent =
    days.data && hours.data
      ? recentOf(namedRows(days.data), namedRows(hours.data), today, hourIn(timezone))
      : undefined;
  const retry = () => void Promise.all([days.refetch(), hours.refetch()]);
  const others = (from: string, to: string) =>
    days.data ? othersOf(namedRows(days.data), days.data.columns, from, to) : [];
  return { recent, currency, others, error: days.error ?? hours.error, retry };
}
