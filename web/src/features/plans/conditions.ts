import type { Schemas } from "~/api/client";
import type { Conditions, PlanSide, Rule, Sides } from "./shapes";

export type ConditionName = keyof Conditions;

/** Conditions in the order in which people name them. */
export const CONDITIONS = [
  "goal_id",
  "partner_id",
  "groups",
  "tags",
  "countries",
  "traffic_types",
  "devices",
  "sources",
  "subs",
  "coupons",
  "skus",
  "categories",
  "customer",
  "nth_order",
  "amount",
  "weekdays",
  "dates",
] as const satisfies readonly ConditionName[];

function isEmpty(value: Conditions[ConditionName]): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === "object") return Object.values(value).every((part) => isEmpty(part as never));
  return false;
}

/** The conditions that are set: how many there are is how specific the rule is. */
export function setConditions(conditions: Conditions): ConditionName[] {
  return CONDITIONS.filter((name) => !isEmpty(conditions[name]));
}

/** Strongest first: most specific conditions, then priority, then the newest. */
export function byStrength(rules: readonly Rule[]): Rule[] {
  return [...rules].sort(
    (one, other) =>
      setConditions(other.conditions).length - setConditions(one.conditions).length ||
      (other.priority ?? 0) - (one.priority ?? 0) ||
      other.created_at.localeCompare(one.created_at) ||
      other.id.localeCompare(one.id),
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted).sort();
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, part]) => part !== null && part !== undefined);
  return Object.fromEntries(entries.sort().map(([key, part]) => [key, sorted(part)]));
}

/** Conditions as one text: equal where the same conversions meet them. */
export function signatureOf(conditions: Conditions): string {
  return JSON.stringify(setConditions(conditions).map((name) => [name, sorted(conditions[name])]));
}

/** Rules of the API; one without conditions holds for every conversion. */
export function wholeRules(rules: readonly Schemas["Rule"][]): Rule[] {
  return rules.map((rule) => ({ ...rule, conditions: rule.conditions ?? {} }));
}

/** Both sides of a draft of the API. */
export function wholeSides(draft: Record<PlanSide, readonly Schemas["Rule"][]>): Sides {
  return { earnings: wholeRules(draft.earnings), revenue: wholeRules(draft.revenue) };
}
