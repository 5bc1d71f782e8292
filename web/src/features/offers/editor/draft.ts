import type { Schemas } from "~/api/client";
import type { TargetingCondition } from "~/domain/targeting/model";
import { draftOf, effectOf, NO_RATE, type RateDraft, sameEffect } from "~/features/plans/effect";
import type { Goal, GoalKind, Offer, TrafficRule } from "../model";

/** A goal as it stands in the form. */
export interface GoalDraft {
  /** Stays while goals come and go. */
  key: string;
  name: string;
  kind: GoalKind;
  is_primary: boolean;
  payout: RateDraft;
  revenue: RateDraft;
}

/** An offer as it stands in the form: texts and choices, nothing yet believed. */
export interface OfferDraft {
  advertiser_id: string | null;
  name: string;
  description: string;
  currency: string;
  landing_url: string;
  goals: GoalDraft[];
  visibility: Schemas["Visibility"];
  vertical: string;
  manager_id: string | null;
  landing_parameter: string;
  allowed_hosts: string[];
  passes_extra_parameters: boolean;
  utm_template: string;
  fallback_url: string;
  duplicate_window_hours: number | string;
  click_to_conversion_min_seconds: number | string;
  click_to_conversion_max_days: number | string;
  view_to_conversion_hours: number | string;
  conversion_start: Schemas["ConversionStart"];
  validation_days: number | string;
  validation_expiry: Schemas["ValidationExpiry"];
  hold_days: number | string;
  many_per_click: boolean;
  pay_model: Schemas["PayModel"];
  assist_percent: number | string;
  traffic_rules: Record<string, TrafficRule>;
  targeting: TargetingCondition[];
}

export function newGoal(kind: GoalKind, isPrimary: boolean): GoalDraft {
  const percent: RateDraft = { kind: "percent", value: "" };
  const fixed: RateDraft = { kind: "fixed", value: "" };
  const rate = kind === "sale" ? percent : fixed;
  return { key: crypto.randomUUID(), name: kind, kind, is_primary: isPrimary, payout: rate, revenue: rate };
}

/** A new offer with what most offers have. */
export function newOffer(currency: string): OfferDraft {
  return {
    advertiser_id: null,
    name: "",
    description: "",
    currency,
    landing_url: "",
    goals: [newGoal("sale", true)],
    visibility: "by_approval",
    vertical: "",
    manager_id: null,
    landing_parameter: "click_id",
    allowed_hosts: [],
    passes_extra_parameters: false,
    utm_template: "",
    fallback_url: "",
    duplicate_window_hours: 24,
    click_to_conversion_min_seconds: 0,
    click_to_conversion_max_days: 30,
    view_to_conversion_hours: 0,
    conversion_start: "pending",
    validation_days: 30,
    validation_expiry: "stay",
    hold_days: 14,
    many_per_click: false,
    pay_model: "last",
    assist_percent: 20,
    traffic_rules: {},
    targeting: [],
  };
}

/** An offer of the API as the form shows it. */
export function draftOfOffer(offer: Offer): OfferDraft {
  return {
    advertiser_id: offer.advertiser_id,
    name: offer.name,
    description: offer.description ?? "",
    currency: offer.currency,
    landing_url: "",
    goals: [],
    visibility: offer.visibility,
    vertical: offer.vertical,
    manager_id: offer.manager_id ?? null,
    landing_parameter: offer.landing_parameter,
    allowed_hosts: offer.allowed_hosts,
    passes_extra_parameters: offer.passes_extra_parameters,
    utm_template: offer.utm_template ?? "",
    fallback_url: offer.fallback_url ?? "",
    duplicate_window_hours: offer.duplicate_window_hours,
    click_to_conversion_min_seconds: offer.click_to_conversion_min_seconds,
    click_to_conversion_max_days: offer.click_to_conversion_max_days,
    view_to_conversion_hours: offer.view_to_conversion_hours,
    conversion_start: offer.conversion_start,
    validation_days: offer.validation_days,
    validation_expiry: offer.validation_expiry,
    hold_days: offer.hold_days,
    many_per_click: offer.many_per_click,
    pay_model: offer.pay_model,
    assist_percent: offer.assist_percent,
    traffic_rules: offer.traffic_rules,
    targeting: offer.targeting,
  };
}

/** The terms as the API takes them: an empty text is none. */
export function termsOf(draft: OfferDraft) {
  return {
    name: draft.name.trim(),
    description: draft.description.trim() || null,
    visibility: draft.visibility,
    vertical: draft.vertical,
    manager_id: draft.manager_id,
    landing_parameter: draft.landing_parameter.trim(),
    allowed_hosts: draft.allowed_hosts,
    passes_extra_parameters: draft.passes_extra_parameters,
    utm_template: draft.utm_template.trim() || null,
    fallback_url: draft.fallback_url.trim() || null,
    duplicate_window_hours: Number(draft.duplicate_window_hours),
    click_to_conversion_min_seconds: Number(draft.click_to_conversion_min_seconds),
    click_to_conversion_max_days: Number(draft.click_to_conversion_max_days),
    view_to_conversion_hours: Number(draft.view_to_conversion_hours),
    conversion_start: draft.conversion_start,
    validation_days: Number(draft.validation_days),
    validation_expiry: draft.validation_expiry,
    hold_days: Number(draft.hold_days),
    many_per_click: draft.many_per_click,
    pay_model: draft.pay_model,
    assist_percent: Number(draft.assist_percent),
    traffic_rules: listedRules(draft.traffic_rules),
    targeting: draft.targeting,
  };
}

/** What is not listed is allowed. */
function listedRules(rules: Record<string, TrafficRule>): Record<string, TrafficRule> {
  return Object.fromEntries(Object.entries(rules).filter(([, rule]) => rule !== "allowed"));
}

export type Terms = ReturnType<typeof termsOf>;

/** Only what differs from the offer as it is. */
export function changedTerms(draft: OfferDraft, offer: Offer): Partial<Terms> {
  const before = termsOf(draftOfOffer(offer));
  const after = termsOf(draft);
  const differs = (name: keyof Terms) => JSON.stringify(before[name]) !== JSON.stringify(after[name]);
  const names = (Object.keys(after) as (keyof Terms)[]).filter(differs);
  return Object.fromEntries(names.map((name) => [name, after[name]])) as Partial<Terms>;
}

/** A goal as the API takes it. */
export function goalOf(draft: GoalDraft, currency: string): Schemas["NewGoal"] {
  return {
    name: draft.name.trim(),
    kind: draft.kind,
    is_primary: draft.is_primary,
    payout: effectOf(draft.payout, currency) ?? null,
    revenue: effectOf(draft.revenue, currency) ?? null,
  };
}

export function goalDraftOf(goal: Goal, currency: string): GoalDraft {
  return {
    key: goal.id,
    name: goal.name,
    kind: goal.kind,
    is_primary: goal.is_primary,
    payout: goal.payout ? draftOf(goal.payout, currency) : NO_RATE,
    revenue: goal.revenue ? draftOf(goal.revenue, currency) : NO_RATE,
  };
}

/** What is to change in a goal; rates that stay are left out, so that they make no version. */
export function changedGoal(draft: GoalDraft, goal: Goal, currency: string): Schemas["GoalChange"] {
  const wanted = goalOf(draft, currency);
  const change: Schemas["GoalChange"] = {};
  if (wanted.name !== goal.name) change.name = wanted.name;
  if (draft.is_primary && !goal.is_primary) change.is_primary = true;
  if (!sameEffect(wanted.payout, goal.payout)) change.payout = wanted.payout;
  if (!sameEffect(wanted.revenue, goal.revenue)) change.revenue = wanted.revenue;
  return change;
}
