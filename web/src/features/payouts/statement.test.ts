import { describe, expect, it } from "vitest";
import type { Balance, StatementLine } from "./model";
import { causeOf, inAll, runningEntries } from "./statement";

type Changes = StatementLine["changes"];

function line(id: string, kind: StatementLine["kind"], changes: Changes): StatementLine {
  return { id, at: "2026-11-22T09:00:00Z", kind, note: "", changes, names: {} };
}

const change = (account: Changes[number]["account"], change_minor: number, currency = "EUR") => ({
  account,
  currency,
  change_minor,
});

const balance: Balance = {
  currency: "EUR",
  pending: 140,
  approved: 0,
  payable: 0,
  in_transit: 0,
  paid: 900,
  debt: 200,
};

describe("the statement", () => {
  it("counts back from what the partner has now", () => {
    const lines = [
      line("6", "hold", [change("partner_pending", 140)]),
      line("5", "reverse", [change("partner_debt", 200)]),
      line("4", "paid", [change("in_transit", -900)]),
      line("3", "batch", [change("partner_payable", -900), change("in_transit", 900)]),
      line("x", "hold", [change("partner_pending", 5, "USD")]),
      line("2", "lock", [change("partner_approved", -900), change("partner_payable", 900)]),
      line("1", "approve", [change("partner_approved", 900)]),
    ];
    const entries = runningEntries(lines, balance);
    expect(inAll(balance)).toBe(-60);
    expect(entries.map(({ afterMinor }) => afterMinor)).toEqual([-60, -200, 0, 900, 900, 900]);
    expect(entries.map(({ netMinor }) => netMinor)).toEqual([140, -200, -900, 0, 0, 900]);
    expect(entries[3]).toMatchObject({ movedMinor: 900, from: "partner_payable", to: "in_transit" });
  });

  it("names what earned money beside conversions", () => {
    const id = "01M83KTHGCECCTAJ42S3KC76R2";
    expect(causeOf(`bonus bns_${id}`)).toEqual({ of: "bonus", period: undefined });
    expect(causeOf(`revenue_share 2026-10 rvs_${id}`)).toEqual({ of: "revenue_share", period: "2026-10" });
    expect(causeOf("customer_refused")).toBeUndefined();
    expect(causeOf("bonus")).toBeUndefined();
  });
});
