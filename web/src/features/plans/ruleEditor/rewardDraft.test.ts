import { expect, test } from "vitest";
import type { Reward } from "../shapes";
import { effectOfReward, NEW_REWARD, rewardDraftOf } from "./rewardDraft";

test("what was read is sent as it was", () => {
  const rewards: Reward[] = [
    { unit: "POINTS", fixed: "50" },
    { unit: "CREDIT", per_whole: "1.5" },
  ];
  for (const reward of rewards) expect(effectOfReward(rewardDraftOf(reward))).toEqual({ reward });
});

test("what cannot be read is not sent", () => {
  expect(effectOfReward({ ...NEW_REWARD, unit: "POINTS" })).toBeUndefined();
  expect(effectOfReward({ ...NEW_REWARD, count: "5" })).toBeUndefined();
  expect(effectOfReward({ unit: "POINTS", by: "fixed", count: "1000001" })).toBeUndefined();
  expect(effectOfReward({ unit: "POINTS", by: "fixed", count: "0.123456789" })).toBeUndefined();
});
