import {
  type Cap,
  type CapMetric,
  type CapPeriod,
  type CapScope,
  type Counted,
  type Grace,
  isTraffic,
  type OnReach,
} from "./model";

/** A cap as it is being typed. */
export interface CapDraft {
  metric: CapMetric;
  period: CapPeriod;
  scope: CapScope;
  advertiserId: string | null;
  offerId: string | null;
  goalId: string | null;
  partnerId: string | null;
  sourceId: string;
  /** Things, or minor units. */
  limit: number | null;
  currency: string;
  timezone: string;
  counted: Counted[];
  onReach: OnReach;
  thresholds: string;
  grace: Grace;
  graceHours: number | null;
  isTest: boolean;
  kpi: string;
  countries: string[];
  sources: string[];
}

export function newDraft(given: Partial<CapDraft>): CapDraft {
  return {
    metric: "conversions",
    period: "day",
    scope: "offer",
    advertiserId: null,
    offerId: null,
    goalId: null,
    partnerId: null,
    sourceId: "",
    limit: null,
    currency: "EUR",
    timezone: "UTC",
    counted: ["pending", "approved"],
    onReach: "reject",
    thresholds: "80, 100",
    grace: "none",
    graceHours: 2,
    isTest: false,
    kpi: "",
    countries: [],
    sources: [],
    ...given,
  };
}

export function draftOf(cap: Cap): CapDraft {
  return newDraft({
    metric: cap.metric,
    period: cap.period,
    scope: cap.scope,
    advertiserId: cap.advertiser_id ?? null,
    offerId: cap.offer_id ?? null,
    goalId: cap.goal_id ?? null,
    partnerId: cap.partner_id ?? null,
    sourceId: cap.source_id ?? "",
    limit: cap.limit,
    currency: cap.currency ?? "EUR",
    timezone: cap.timezone,
    counted: cap.counted,
    onReach: cap.on_reach,
    thresholds: (cap.thresholds ?? []).join(", "),
    grace: cap.grace,
    graceHours: cap.grace === "hours" ? cap.grace_hours : 2,
    isTest: cap.kind === "test",
    kpi: cap.kpi ?? "",
    countries: cap.filter.countries ?? [],
    sources: cap.filter.sources ?? [],
  });
}

/** Per cents in whatever way people part them. */
export function percentsOf(text: string): number[] {
  return text
    .split(/[\s,;%]+/)
    .filter(Boolean)
    .map(Number)
    .filter(Number.isInteger);
}

/** What may change later, as the API takes it. */
export function termsOf(draft: CapDraft, goals: string[] = []) {
  return {
    limit: draft.limit,
    timezone: draft.timezone,
    counted: isTraffic(draft.metric) ? null : draft.counted,
    on_reach: draft.onReach,
    thresholds: percentsOf(draft.thresholds),
    filter: { countries: draft.countries, goals, sources: draft.sources },
    grace: draft.grace,
    grace_hours: draft.grace === "hours" ? draft.graceHours : null,
    kpi: draft.kpi.trim() || null,
  };
}

/** A new cap as the API takes it. */
export function bodyOfDraft(draft: CapDraft) {
  return {
    metric: draft.metric,
    period: draft.isTest ? ("total" as const) : draft.period,
    scope: draft.scope,
    advertiser_id: draft.scope === "advertiser" ? draft.advertiserId : null,
    offer_id: ["offer", "partner", "source"].includes(draft.scope) ? draft.offerId : null,
    goal_id: draft.scope === "goal" ? draft.goalId : null,
    partner_id: ["partner", "source"].includes(draft.scope) ? draft.partnerId : null,
    source_id: draft.scope === "source" ? draft.sourceId : null,
    kind: draft.isTest ? ("test" as const) : ("normal" as const),
    ...termsOf(draft),
  };
}
