import type { Schemas } from "~/api/client";
import { shareOf } from "./formula";

export type ShareTier = Required<Schemas["ShareTier"]>;
export type CarryRule = Schemas["CarryRule"];

export interface Agreed {
  tiers: readonly ShareTier[];
  tier_mode: Schemas["ShareTierMode"];
  carry: CarryRule;
  carry_months: number;
}

export interface SettledMonth {
  net: number;
  /** Of what the percentage is taken. */
  base: number;
  earned: number;
  /** Taken off the months to come: negative, or nought. */
  carried: number;
}

/** What months in a row earn, as the server settles them: negative ones are reset, or taken off those that follow. */
export function settle(agreed: Agreed, nets: readonly number[]): SettledMonth[] {
  let open: { month: number; minor: number }[] = [];
  return nets.map((net, month) => {
    let left = Math.max(net, 0);
    const counting = open.filter((one) => stillCounts(agreed, month - one.month));
    open = [];
    for (const one of counting) {
      const met = Math.min(left, -one.minor);
      left -= met;
      if (one.minor + met < 0) open.push({ ...one, minor: one.minor + met });
    }
    if (net < 0 && agreed.carry !== "reset") open.push({ month, minor: net });
    const carried = open.reduce((sum, one) => sum + one.minor, 0);
    return { net, base: left, earned: earned(agreed, left), carried };
  });
}

function stillCounts({ carry, carry_months }: Agreed, age: number): boolean {
  return carry === "carry" || (carry === "carry_months" && age <= carry_months);
}

function earned({ tiers, tier_mode }: Agreed, base: number): number {
  if (tier_mode === "whole") {
    const reached = tiers.findLast((tier) => tier.from_minor <= base);
    return reached ? shareOf(base, reached.percent) : 0;
  }
  return tiers.reduce((sum, tier, index) => {
    const until = tiers[index + 1]?.from_minor ?? Number.MAX_SAFE_INTEGER;
    return sum + shareOf(Math.min(base, until) - Math.min(tier.from_minor, base), tier.percent);
  }, 0);
}
