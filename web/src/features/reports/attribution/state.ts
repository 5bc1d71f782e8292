import { listOf, type PageSearch, textOf } from "~/frame/search";

export const CREDIT_BY = ["partner", "offer", "channel"] as const;
export const CREDIT_AMOUNTS = ["sale_amount", "revenue", "payout"] as const;
export const CREDIT_MODELS = [
  "first_touch",
  "last_touch",
  "linear",
  "position_40_20_40",
  "time_decay_halflife_168h",
  "markov_order1",
  "shapley",
] as const;

export type CreditBy = (typeof CREDIT_BY)[number];
export type CreditAmount = (typeof CREDIT_AMOUNTS)[number];
export type CreditModel = (typeof CREDIT_MODELS)[number];
/** Whether conversions are told, or an amount of them. */
export type Shown = "conversions" | CreditAmount;

export interface AttributionState {
  by: CreditBy;
  shown: Shown;
  /** The model of the chart. */
  model: CreditModel;
}

const USUAL: AttributionState = { by: "partner", shown: "conversions", model: "markov_order1" };

function oneOf<Word extends string>(words: readonly Word[], found: string | undefined): Word | undefined {
  return words.find((word) => word === found);
}

/** What the address says of the page; the usual where it says nothing. */
export function readAttribution(raw: PageSearch): AttributionState {
  return {
    by: oneOf(CREDIT_BY, textOf(raw, "by") ?? listOf(raw, "by")[0]) ?? USUAL.by,
    shown: oneOf(["conversions", ...CREDIT_AMOUNTS], textOf(raw, "shown")) ?? USUAL.shown,
    model: oneOf(CREDIT_MODELS, textOf(raw, "model")) ?? USUAL.model,
  };
}
