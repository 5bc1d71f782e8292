import type { Batch, Payout, PayoutState } from "./model";
import { sumOf } from "./model";

/** How far a batch is: by itself until it is on its way, from then on from its payouts. */
export type BatchState = Batch["state"] | "in_transit" | "paid" | "failed" | "partly_failed";

const BY_ITSELF: readonly Batch["state"][] = [
  "drawing",
  "awaiting_approval",
  "sending",
  "rejected",
  "doubtful",
];

export function batchStateOf(batch: {
  state: Batch["state"];
  payouts: readonly Pick<Payout, "state">[];
}): BatchState {
  if (BY_ITSELF.includes(batch.state)) return batch.state;
  const states = new Set(batch.payouts.map(({ state }) => state));
  if (states.has("in_transit")) {
    return batch.state === "approved" && states.size === 1 ? "approved" : "in_transit";
  }
  if (!states.has("failed") && !states.has("returned")) return "paid";
  return states.has("paid") ? "partly_failed" : "failed";
}

export interface StateSum {
  state: PayoutState;
  count: number;
  amount: { minor: number; currency: string };
}

/** How many and how much in each state, in the order a payout goes through them; nothing returned is not told. */
export function sumsByState(payouts: readonly Payout[], currency: string): StateSum[] {
  const sums = (["in_transit", "paid", "failed", "returned"] as const).map((state) => {
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
  return sums.filter(({ state, count }) => state !== "returned" || count > 0);
}
