import type { Batch, PayoutState } from "./model";

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
  results: readonly { state: PayoutState }[];
}): BatchState {
  if (BY_ITSELF.includes(batch.state)) return batch.state;
  const states = new Set(batch.results.map(({ state }) => state));
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
export function sumsByState(batch: Pick<Batch, "results" | "total">): StateSum[] {
  const sums = (["in_transit", "paid", "failed", "returned"] as const).map(
    (state) =>
      batch.results.find((sum) => sum.state === state) ?? {
        state,
        count: 0,
        amount: { minor: 0, currency: batch.total.currency },
      },
  );
  return sums.filter(({ state, count }) => state !== "returned" || count > 0);
}

/** Whether anybody has still to say what became of some of its payouts. */
export function isOpen(batch: Pick<Batch, "results">): boolean {
  return batch.results.some(({ state }) => state === "in_transit");
}
