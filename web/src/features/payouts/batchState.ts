import type { Payout, PayoutState } from "./model";
import { sumOf } from "./model";

/** What became of a batch, from its payouts. */
export type BatchState = "in_transit" | "paid" | "failed" | "partly_failed";

export function batchStateOf(payouts: readonly Pick<Payout, "state">[]): BatchState {
  const states = new Set(payouts.map(({ state }) => state));
  if (states.has("in_transit")) return "in_transit";
  if (!states.has("failed")) return "paid";
  return states.has("paid") ? "partly_failed" : "failed";
}

export interface StateSum {
  state: PayoutState;
  count: number;
  amount: { minor: number; currency: string };
}

/** How many and how much in each state, in the order a payout goes through them. */
export function sumsByState(payouts: readonly Payout[], currency: string): StateSum[] {
  return (["in_transit", "paid", "failed"] as const).map((state) => {
    const those = payouts.filter((payout) => payout.state === state);
    return {
      state,
      count: those.length,
      amount: sumOf(
        those.map(({ amount }) => amount),
        currency,
      ),
    };
  });
}
