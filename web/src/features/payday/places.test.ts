import { describe, expect, it } from "vitest";
import { placeOf } from "./places";

const now = { month: "2026-11", paid_in: "2026-12", is_payday: true };
const past = { ...now, is_payday: false };

describe("a number of the board", () => {
  it("leads to the rows that it counts", () => {
    const place = (
      kind: Parameters<typeof placeOf>[0]["kind"],
      board = now,
      currency: string | null = null,
    ) => placeOf({ kind, currency }, board);
    expect(place("owed_faulty", now, "EUR")).toBe("/payouts?currency=EUR&view=faulty");
    expect(place("payouts_failed")).toBe("/payouts/all?state=failed&month=2026-12");
    expect(place("batches_to_send")).toBe("/payouts/batches?state=approved&in_transit=true");
    expect(place("batches_to_send", past)).toBe(
      "/payouts/batches?state=approved&in_transit=true&month=2026-12",
    );
    expect(place("invoices_draft")).toBe("/billing?view=invoices&state=draft&month=2026-11");
    expect(place("figures_missing")).toBe("/payday?month=2026-11&show=missing");
  });
});
