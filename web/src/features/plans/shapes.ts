/** The shapes of plans as the API has them. */

export type PlanSide = "earnings" | "revenue";

/** An amount in minor units, or a percentage of the sale amount. */
export type Price = { minor: number } | { percent: string };

export type TierMetric = "conversions" | "amount" | "revenue";
export type TierPeriod = "day" | "week" | "month" | "total";

export type Step = { from: number } & Price;

export interface Tier {
  metric: TierMetric;
  period: TierPeriod;
  mode: "whole" | "marginal";
  steps: Step[];
}

/** What a click or a thousand views earn, in whole units of the currency. */
export type TrafficRate = { per_click: string } | { per_thousand: string };

/** A sum that is earned once in each period in which a threshold is met. */
export interface Bonus {
  metric: TierMetric;
  period: TierPeriod;
  /** The threshold: a count, or minor units. */
  from: number;
  minor: number;
}
/** Units of a reward that is no money: for a conversion, or for a whole unit of the sale amount. */
export type Reward = { unit: string } & ({ fixed: string } | { per_whole: string });

/** A part for who recruited the partner, or who recruited that one. */
export interface RecruiterShare {
  /** 1 to 3. */
  level: number;
  percent: string;
  of: "payout" | "profit";
  /** Absent for life. */
  months?: number | null;
}

/** What a rule gives. */
export type Effect =
  | Price
  | { tier: Tier }
  | { recurring: Price & { months?: number | null } }
  | TrafficRate
  | { bonus: Bonus }
  | { reward: Reward }
  | { recruiter: RecruiterShare };

/** All that are set must hold; of a list one must. */
export interface Conditions {
  goal_id?: string | null;
  partner_id?: string | null;
  groups?: string[];
  tags?: string[];
  countries?: string[];
  devices?: string[];
  traffic_types?: string[];
  skus?: string[];
  categories?: string[];
  coupons?: string[];
  customer?: "new" | "returning" | null;
  amount?: { from_minor?: number | null; to_minor?: number | null } | null;
  nth_order?: { from?: number | null; to?: number | null } | null;
  weekdays?: number[];
  dates?: { from?: string | null; to?: string | null } | null;
  subs?: Record<string, string[]>;
  sources?: string[];
}

export interface Limit {
  per: "customer" | "partner" | "all";
  period: TierPeriod;
  minor: number;
}

export interface Rule {
  id: string;
  name?: string | null;
  conditions: Conditions;
  effect: Effect;
  /** Higher wins between rules of as many conditions; 0 unless told. */
  priority?: number;
  limits?: Limit[];
  created_at: string;
}

export type Sides = Record<PlanSide, Rule[]>;
