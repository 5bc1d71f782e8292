import { expect, it } from "vitest";
import { type Agreed, settle } from "./settle";

const DEAL: Agreed = {
  tiers: [{ from_minor: 0, percent: "30" }],
  tier_mode: "whole",
  carry: "carry",
  carry_months: 0,
};

function earned(agreed: Partial<Agreed>, nets: number[]): number[] {
  return settle({ ...DEAL, ...agreed }, nets).map((month) => month.earned);
}

it("settles negative months as the server does", () => {
  const nets = [-100_000, 40_000, -10_000, 200_000];
  expect(earned({ carry: "reset" }, nets)).toEqual([0, 12_000, 0, 60_000]);
  expect(earned({}, nets)).toEqual([0, 0, 0, 39_000]);
  expect(earned({ carry: "carry_months", carry_months: 2 }, nets)).toEqual([0, 0, 0, 57_000]);
  expect(settle(DEAL, [-100, -50, 30]).at(-1)?.carried).toBe(-120);
});

it("knows tiers at their edges", () => {
  const tiers = [
    { from_minor: 0, percent: "25" },
    { from_minor: 10_000, percent: "30" },
    { from_minor: 50_000, percent: "40" },
  ];
  for (const [base, whole, marginal] of [
    [9_999, 2_500, 2_500],
    [10_000, 3_000, 2_500],
    [49_999, 15_000, 14_500],
    [100_000, 40_000, 34_500],
  ] as const) {
    expect(earned({ tiers }, [base])).toEqual([whole]);
    expect(earned({ tiers, tier_mode: "marginal" }, [base])).toEqual([marginal]);
  }
});
