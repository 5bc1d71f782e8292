import type { Schemas } from "~/api/client";

type NextPayout = Schemas["NextPayout"];

export type Reach =
  | { kind: "ready"; minor: number }
  /** So much reaches the minimum on that day, by what is approved today. */
  | { kind: "on"; day: string; minor: number; minimum: number }
  | { kind: "missing"; minor: number; minimum: number };

/** When what is approved becomes enough to be paid; nothing where nothing is earned yet. */
export function reachOf(next: NextPayout): Reach | undefined {
  const minimum = next.minimum.minor;
  if (next.reaches_minimum && next.next_payout.minor > 0)
    return { kind: "ready", minor: next.next_payout.minor };
  let sum = next.payable.minor - next.debt.minor;
  for (const { day, amount } of [...next.upcoming].sort((one, other) => one.day.localeCompare(other.day))) {
    sum += amount.minor;
    if (sum > 0 && sum >= minimum) return { kind: "on", day, minor: sum, minimum };
  }
  const known = sum + next.later.minor;
  return known > 0 && known < minimum ? { kind: "missing", minor: minimum - known, minimum } : undefined;
}
