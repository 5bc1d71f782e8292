import type { Method, Owed, OwedStanding } from "./model";

/** Partners without a method of their own are paid by the generic file. */
export const USUAL_METHOD: Method = "csv";

/** Why a partner is, or is not, in a batch made now. */
export type Standing =
  | "paid_now"
  | "payer_missing"
  | "faulty"
  | "withheld"
  | "missing"
  | "below_minimum"
  | "other_method"
  | "debt"
  | "nothing";

/** What a batch of one method made now would send, in minor units. */
export function dueBy(owed: Owed, method: Method): number {
  const parts = owed.parts.filter((part) => part.method === method);
  return parts.reduce((sum, part) => sum + part.amount.minor, 0);
}

export function standingOf(owed: Owed, method: Method): Standing {
  if (owed.standing === "ready") return dueBy(owed, method) > 0 ? "paid_now" : "other_method";
  if (owed.standing === "nothing") return owed.debt.minor > 0 ? "debt" : "nothing";
  return owed.standing;
}

/** What of who is owed is looked at: how it stands with it, or that some of it is frozen. */
export type OwedView = OwedStanding | "frozen";

export const OWED_VIEWS: readonly OwedView[] = [
  "ready",
  "payer_missing",
  "faulty",
  "missing",
  "frozen",
  "below_minimum",
  "withheld",
  "nothing",
];

export function seenIn(owed: Owed, view: OwedView | undefined): boolean {
  if (!view) return true;
  return view === "frozen" ? owed.frozen.minor > 0 : owed.standing === view;
}

export interface MethodSum {
  method: Method;
  partners: number;
  minor: number;
}

/** What each method would pay, the greatest first. */
export function sumsByMethod(owed: readonly Owed[]): MethodSum[] {
  const sums = new Map<Method, MethodSum>();
  for (const each of owed) {
    for (const method of new Set(each.parts.map((part) => part.method))) {
      const due = dueBy(each, method);
      if (each.standing !== "ready" || due === 0) continue;
      const sum = sums.get(method) ?? { method, partners: 0, minor: 0 };
      sums.set(method, { method, partners: sum.partners + 1, minor: sum.minor + due });
    }
  }
  return [...sums.values()].sort((one, other) => other.minor - one.minor);
}

/** Those that a batch made now would pay: of the chosen ones, or of all where none is chosen. */
export function payees(owed: readonly Owed[], method: Method, chosen: readonly string[]): Owed[] {
  const only = new Set(chosen);
  return owed.filter(
    (each) => (only.size === 0 || only.has(each.partner_id)) && standingOf(each, method) === "paid_now",
  );
}

/** Files that are paid by hand need no details of the partner's. */
const NEEDS_NOTHING: readonly Method[] = ["csv", "external"];

export function needsDetails(method: Method): boolean {
  return !NEEDS_NOTHING.includes(method);
}
