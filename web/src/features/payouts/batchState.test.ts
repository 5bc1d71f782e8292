import { describe, expect, it } from "vitest";
import { batchStateOf } from "./batchState";

describe("a batch", () => {
  it("is on its way until each payout has its result", () => {
    const of = (...states: ("in_transit" | "paid" | "failed")[]) =>
      batchStateOf(states.map((state) => ({ state })));
    expect(of("in_transit", "paid")).toBe("in_transit");
    expect(of("paid", "paid")).toBe("paid");
    expect(of("paid", "failed")).toBe("partly_failed");
    expect(of("failed")).toBe("failed");
  });
});
