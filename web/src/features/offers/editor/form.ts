import type { UseFormReturnType } from "@mantine/form";
import { effectOf, type RateDraft } from "~/features/plans/effect";
import type { GoalDraft, OfferDraft } from "./draft";

export type OfferForm = UseFormReturnType<OfferDraft>;

/** Words of what is missing, in the person's language. */
export interface Complaints {
  needed: string;
  amount: string;
  percent: string;
}

function isReadable(rate: RateDraft, currency: string): boolean {
  return effectOf(rate, currency) !== undefined;
}

function unitOf({ kind }: RateDraft): "percent" | "amount" {
  return kind === "percent" ? "percent" : "amount";
}

/** What is wrong with a goal before it is sent, by the field's path. */
export function goalErrors(
  goal: GoalDraft,
  currency: string,
  path: string,
  words: Complaints,
): Record<string, string> {
  const errors: Record<string, string> = {};
  if (goal.name.trim() === "") errors[`${path}name`] = words.needed;
  if (!isReadable(goal.payout, currency)) errors[`${path}payout`] = words[unitOf(goal.payout)];
  if (!isReadable(goal.revenue, currency)) errors[`${path}revenue`] = words[unitOf(goal.revenue)];
  return errors;
}

/** What is wrong with a new offer before it is sent. */
export function newOfferErrors(draft: OfferDraft, words: Complaints): Record<string, string> {
  const errors: Record<string, string> = {};
  if (draft.name.trim() === "") errors.name = words.needed;
  if (!draft.advertiser_id) errors.advertiser_id = words.needed;
  if (draft.landing_url.trim() === "") errors.landing_url = words.needed;
  const ofGoals = draft.goals.map((goal, index) =>
    goalErrors(goal, draft.currency, `goals.${index}.`, words),
  );
  return Object.assign(errors, ...ofGoals);
}
