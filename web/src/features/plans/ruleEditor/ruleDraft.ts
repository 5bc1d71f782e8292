/** A rule as it stands in a form: rates as they are typed. */
import type { SentRule } from "../card/rows";
import { setConditions } from "../conditions";
import { draftOf, priceOf, type RateDraft, readDecimal, trafficRateOf } from "../effect";
import type { Conditions, Effect, Limit, Rule, Step, TierMetric, TierPeriod } from "../shapes";
import { effectOfRecruiter, NEW_RECRUITER, type RecruiterDraft, recruiterDraftOf } from "./recruiterDraft";
import { effectOfReward, NEW_REWARD, type RewardDraft, rewardDraftOf } from "./rewardDraft";

export type EffectKind =
  | "price"
  | "tier"
  | "recurring"
  | "per_click"
  | "per_thousand"
  | "bonus"
  | "reward"
  | "recruiter";

export interface StepDraft {
  key: number;
  from: string;
  rate: RateDraft;
}

export interface RuleDraft {
  id?: string;
  createdAt?: string;
  name: string;
  conditions: Conditions;
  kind: EffectKind;
  rate: RateDraft;
  metric: TierMetric;
  period: TierPeriod;
  mode: "whole" | "marginal";
  steps: StepDraft[];
  /** Of a click or a thousand views. */
  traffic: string;
  /** Of a bonus: from where on it is given, and its sum. */
  threshold: string;
  sum: string;
  reward: RewardDraft;
  recruiter: RecruiterDraft;
  /** Empty for life. */
  months: string;
  priority: number;
  limits: (Omit<Limit, "minor"> & { key: number; minor: number | null })[];
}

const PERCENT: RateDraft = { kind: "percent", value: "" };

export const NEW_RULE: RuleDraft = {
  name: "",
  conditions: {},
  kind: "price",
  rate: PERCENT,
  metric: "conversions",
  period: "month",
  mode: "whole",
  steps: [{ key: 0, from: "0", rate: PERCENT }],
  traffic: "",
  threshold: "",
  sum: "",
  reward: NEW_REWARD,
  recruiter: NEW_RECRUITER,
  months: "12",
  priority: 0,
  limits: [],
};

export function draftOfRule(rule: Rule, currency: string): RuleDraft {
  const { effect } = rule;
  const draft: RuleDraft = {
    ...NEW_RULE,
    id: rule.id,
    createdAt: rule.created_at,
    name: rule.name ?? "",
    conditions: rule.conditions,
    priority: rule.priority ?? 0,
    limits: (rule.limits ?? []).map((limit, key) => ({ ...limit, key })),
  };
  if ("tier" in effect) {
    const { metric, period, mode, steps } = effect.tier;
    const typed = steps.map((step, key) => ({
      key,
      from: fromText(step.from, metric, currency),
      rate: draftOf(step, currency),
    }));
    return { ...draft, kind: "tier", metric, period, mode, steps: typed };
  }
  if ("recurring" in effect) {
    const months = effect.recurring.months ? String(effect.recurring.months) : "";
    return { ...draft, kind: "recurring", rate: draftOf(effect.recurring, currency), months };
  }
  if ("bonus" in effect) {
    const { metric, period, from, minor } = effect.bonus;
    const typed = { threshold: fromText(from, metric, currency), sum: draftOf({ minor }, currency).value };
    return { ...draft, kind: "bonus", metric, period, ...typed };
  }
  if ("recruiter" in effect) {
    return { ...draft, kind: "recruiter", recruiter: recruiterDraftOf(effect.recruiter) };
  }
  if ("reward" in effect) return { ...draft, kind: "reward", reward: rewardDraftOf(effect.reward) };
  if ("per_click" in effect) return { ...draft, kind: "per_click", traffic: effect.per_click };
  if ("per_thousand" in effect) return { ...draft, kind: "per_thousand", traffic: effect.per_thousand };
  return { ...draft, rate: draftOf(effect, currency) };
}

/** Steps of conversions count them; other steps are amounts of the currency. */
function fromText(from: number, metric: TierMetric, currency: string): string {
  return metric === "conversions" ? String(from) : draftOf({ minor: from }, currency).value;
}

export function readFrom(text: string, metric: TierMetric, currency: string): number | undefined {
  if (metric === "conversions") {
    const decimal = readDecimal(text);
    return decimal?.scale === 0 ? Number(decimal.digits) : undefined;
  }
  const amount = priceOf({ kind: "fixed", value: text }, currency);
  return amount && "minor" in amount ? amount.minor : undefined;
}

function effectOfDraft(draft: RuleDraft, currency: string): Effect | undefined {
  if (draft.kind === "tier") return tierOf(draft, currency);
  if (draft.kind === "bonus") return bonusOf(draft, currency);
  if (draft.kind === "reward") return effectOfReward(draft.reward);
  if (draft.kind === "recruiter") return effectOfRecruiter(draft.recruiter);
  if (draft.kind === "per_click" || draft.kind === "per_thousand") {
    const rate = trafficRateOf(draft.traffic);
    if (!rate) return undefined;
    return draft.kind === "per_click" ? { per_click: rate } : { per_thousand: rate };
  }
  const price = priceOf(draft.rate, currency) ?? undefined;
  if (!price || draft.kind === "price") return price;
  if (draft.months.trim() === "") return { recurring: { ...price, months: null } };
  const months = readDecimal(draft.months);
  const isWhole = months?.scale === 0 && months.digits > 0n;
  return isWhole ? { recurring: { ...price, months: Number(months.digits) } } : undefined;
}

/** A threshold above nought and a sum above nought. */
function bonusOf({ threshold, sum, metric, period }: RuleDraft, currency: string): Effect | undefined {
  const from = readFrom(threshold, metric, currency);
  const amount = priceOf({ kind: "fixed", value: sum }, currency);
  if (!from || !amount || !("minor" in amount) || amount.minor === 0) return undefined;
  return { bonus: { metric, period, from, minor: amount.minor } };
}

/** Steps in rising order, the first from nothing. */
function tierOf({ steps, metric, period, mode }: RuleDraft, currency: string): Effect | undefined {
  const read = steps.map(({ from, rate }): Step | undefined => {
    const [start, price] = [readFrom(from, metric, currency), priceOf(rate, currency)];
    return start === undefined || !price ? undefined : { from: start, ...price };
  });
  if (read.some((step) => step === undefined)) return undefined;
  const rising = read.filter((step) => step !== undefined).sort((one, other) => one.from - other.from);
  const isTwice = rising.some((step, at) => step.from === rising[at - 1]?.from);
  if (rising[0]?.from !== 0 || isTwice) return undefined;
  return { tier: { metric, period, mode, steps: rising } };
}

/** Conditions without those that say nothing. */
export function tidied(conditions: Conditions): Conditions {
  return Object.fromEntries(setConditions(conditions).map((name) => [name, conditions[name]]));
}

/** The rule that is sent; nothing while a part of it cannot be read. */
export function ruleOf(draft: RuleDraft, currency: string): SentRule | undefined {
  const effect = effectOfDraft(draft, currency);
  const kept = draft.kind === "bonus" ? [] : draft.limits;
  const limits = kept.flatMap(({ per, period, minor }) => (minor === null ? [] : [{ per, period, minor }]));
  if (!effect || limits.length < kept.length) return undefined;
  const { id, createdAt, priority } = draft;
  const name = draft.name.trim();
  return {
    ...(id ? { id } : {}),
    ...(createdAt ? { created_at: createdAt } : {}),
    ...(name ? { name } : {}),
    conditions: tidied(draft.conditions),
    effect,
    priority,
    ...(limits.length > 0 ? { limits } : {}),
  };
}

/** The next number for a key among steps or limits. */
export function nextKey(items: readonly { key: number }[]): number {
  return Math.max(-1, ...items.map(({ key }) => key)) + 1;
}
