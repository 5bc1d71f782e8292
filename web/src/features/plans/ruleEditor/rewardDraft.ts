/** A reward as it stands in a form. */
import { rewardRateOf } from "../effect";
import type { Effect, Reward } from "../shapes";

export interface RewardDraft {
  unit: string;
  by: "fixed" | "per_whole";
  count: string;
}

export const NEW_REWARD: RewardDraft = { unit: "", by: "fixed", count: "" };

export function rewardDraftOf(reward: Reward): RewardDraft {
  return "fixed" in reward
    ? { unit: reward.unit, by: "fixed", count: reward.fixed }
    : { unit: reward.unit, by: "per_whole", count: reward.per_whole };
}

/** What is sent; nothing while a part of it cannot be read. */
export function effectOfReward({ unit, by, count }: RewardDraft): Effect | undefined {
  const rate = rewardRateOf(count);
  if (rate === undefined || unit === "") return undefined;
  return { reward: by === "fixed" ? { unit, fixed: rate } : { unit, per_whole: rate } };
}
