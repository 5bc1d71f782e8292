import { describe, expect, it } from "vitest";
import { type BatchState, batchStateOf } from "./batchState";
import type { Batch, PayoutState } from "./model";

const of = (state: Batch["state"], ...states: PayoutState[]): BatchState =>
  batchStateOf({ state, results: states.map((each) => ({ state: each })) });

describe("a batch", () => {
  it("is on its way until each payout has its result", () => {
    expect(of("sent", "in_transit", "paid")).toBe("in_transit");
    expect(of("sent", "paid", "paid")).toBe("paid");
    expect(of("sent", "paid", "failed")).toBe("partly_failed");
    expect(of("sent", "paid", "returned")).toBe("partly_failed");
    expect(of("sent", "failed")).toBe("failed");
  });

  it("says by itself what keeps it from going on", () => {
    expect(of("approved", "in_transit", "in_transit")).toBe("approved");
    expect(of("approved", "in_transit", "paid")).toBe("in_transit");
    expect(of("awaiting_approval", "in_transit")).toBe("awaiting_approval");
    expect(of("rejected", "failed")).toBe("rejected");
    expect(of("doubtful", "in_transit", "paid")).toBe("doubtful");
  });
});
