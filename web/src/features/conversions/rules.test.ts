import { describe, expect, it } from "vitest";
import type { Status } from "./model";
import { actsOf, bulkActsOf, clockOf } from "./rules";

function conversion(status: Status, more: object = {}) {
  return {
    status,
    partner_id: "prt_1",
    offer_id: "ofr_1",
    goal_id: "gol_1",
    sale: { minor: 8000 },
    refunded: { minor: 0 },
    ...more,
  };
}

describe("what a state allows", () => {
  it("follows the server's table", () => {
    expect(actsOf(conversion("pending"))).toEqual(["approve", "reject", "refund"]);
    expect(actsOf(conversion("approved"))).toEqual(["reverse", "refund"]);
    expect(actsOf(conversion("locked"))).toEqual(["reverse", "refund"]);
    expect(actsOf(conversion("paid"))).toEqual(["reverse", "refund"]);
    expect(actsOf(conversion("rejected"))).toEqual(["reinstate"]);
    expect(actsOf(conversion("reversed"))).toEqual(["reinstate"]);
    expect(actsOf(conversion("received"))).toEqual([]);
  });

  it("offers no part where there is no value to divide", () => {
    expect(actsOf(conversion("pending", { sale: { minor: 0 } }))).toEqual(["approve", "reject"]);
    expect(actsOf(conversion("approved", { refunded: { minor: 8000 } }))).toEqual(["reverse"]);
  });

  it("does not reinstate what nobody earned", () => {
    expect(actsOf(conversion("rejected", { partner_id: null }))).toEqual([]);
  });

  it("offers to a choice what at least one of it allows", () => {
    expect(bulkActsOf([conversion("pending"), conversion("rejected")])).toEqual([
      "approve",
      "reject",
      "reinstate",
    ]);
    expect(bulkActsOf([])).toEqual([]);
  });
});

describe("the clock", () => {
  it("is the one of the state, and stands while frozen", () => {
    expect(clockOf({ status: "pending", validation_until: "2026-12-01T00:00:00Z" })).toEqual({
      kind: "judging",
      until: "2026-12-01T00:00:00Z",
    });
    expect(clockOf({ status: "pending" })).toEqual({ kind: "unjudged" });
    expect(clockOf({ status: "approved", lock_at: "2026-12-03T00:00:00Z" })).toEqual({
      kind: "hold",
      until: "2026-12-03T00:00:00Z",
    });
    expect(
      clockOf({ status: "approved", frozen_at: "2026-11-01T00:00:00Z", lock_at: "2026-12-03T00:00:00Z" })
        .kind,
    ).toBe("frozen");
    expect(clockOf({ status: "paid", lock_at: "2026-12-03T00:00:00Z" })).toEqual({ kind: "none" });
  });
});
