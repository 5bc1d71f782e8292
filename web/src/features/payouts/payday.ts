import type { Method, Owed } from "./model";

/** Partners without a method of their own are paid by the generic file. */
export const USUAL_METHOD: Method = "csv";

/** Why a partner is, or is not, in a batch made now. */
export type Standing =
  | "paid_now"
  | "withheld"
  | "missing"
  | "below_minimum"
  | "other_method"
  | "debt"
  | "nothing";

export function methodOf(owed: Owed, methods: ReadonlyMap<string, Method>): Method {
  return methods.get(owed.partner_id) ?? USUAL_METHOD;
}

export function standingOf(owed: Owed, method: Method, methods: ReadonlyMap<string, Method>): Standing {
  if (owed.is_withheld) return "withheld";
  if (owed.missing.length > 0) return "missing";
  if (owed.below_minimum) return "below_minimum";
  if (owed.next_payout.minor <= 0) return owed.debt.minor > 0 ? "debt" : "nothing";
  return methodOf(owed, methods) === method ? "paid_now" : "other_method";
}

export interface MethodSum {
  method: Method;
  partners: number;
  minor: number;
}

/** What each method would pay, the greatest first. */
export function sumsByMethod(owed: readonly Owed[], methods: ReadonlyMap<string, Method>): MethodSum[] {
  const sums = new Map<Method, MethodSum>();
  for (const each of owed) {
    if (each.is_withheld || each.next_payout.minor <= 0) continue;
    const method = methodOf(each, methods);
    const sum = sums.get(method) ?? { method, partners: 0, minor: 0 };
    sums.set(method, { method, partners: sum.partners + 1, minor: sum.minor + each.next_payout.minor });
  }
  return [...sums.values()].sort((one, other) => other.minor - one.minor);
}

/** Those that a batch made now would pay: of the chosen ones, or of all where none is chosen. */
export function payees(
  owed: readonly Owed[],
  method: Method,
  methods: ReadonlyMap<string, Method>,
  chosen: readonly string[],
): Owed[] {
  const only = new Set(chosen);
  return owed.filter(
    (each) =>
      (only.size === 0 || only.has(each.partner_id)) && standingOf(each, method, methods) === "paid_now",
  );
}

/** Files that are paid by hand need no details of the partner's. */
const NEEDS_NOTHING: readonly Method[] = ["csv", "external"];
const NEEDED: Partial<Record<Method, readonly string[]>> = {
  sepa: ["name", "iban"],
  paypal: ["email"],
  usdt_trc20: ["address"],
  usdt_erc20: ["address"],
};

export function needsDetails(method: Method): boolean {
  return !NEEDS_NOTHING.includes(method);
}

/** Whether everything that the method needs was given. */
export function areDetailsComplete(method: Method, details: Readonly<Record<string, string>>): boolean {
  if (!needsDetails(method)) return true;
  const given = Object.keys(details).filter((name) => details[name] !== "");
  const needed = NEEDED[method];
  return needed ? needed.every((name) => given.includes(name)) : given.length > 0;
}
