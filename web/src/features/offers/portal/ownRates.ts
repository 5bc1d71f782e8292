import type { Schemas } from "~/api/client";
import { setConditions } from "~/features/plans/conditions";
import { isPlain } from "~/features/plans/effect";
import type { Goal, Offer } from "../model";

export type OwnRate = Schemas["RuleShown"];

/** It holds for some conversions of its goal only. */
export function isConditional({ conditions }: OwnRate): boolean {
  return setConditions(conditions).some((name) => name !== "goal_id");
}

/** The partner's rates on a goal, the strongest first. */
export function ratesOf({ rates }: Pick<Offer, "rates">, { id }: Pick<Goal, "id">): OwnRate[] {
  return (rates ?? []).filter(({ conditions }) => !conditions.goal_id || conditions.goal_id === id);
}

/** Those that the goal's own line does not tell: for some conversions only, in steps, for a time, or with a limit. */
export function ratesToTell(offer: Pick<Offer, "rates">, goal: Pick<Goal, "id">): OwnRate[] {
  return ratesOf(offer, goal).filter(
    (rate) => isConditional(rate) || !isPlain(rate.effect) || rate.limits.length > 0,
  );
}
