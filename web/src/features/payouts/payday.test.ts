import { describe, expect, it } from "vitest";
import type { Owed } from "./model";
import { payees, seenIn, standingOf, sumsByMethod } from "./payday";

function owed(partner_id: string, more: Partial<Owed> = {}, minor = 1000): Owed {
  const eur = (each: number) => ({ minor: each, currency: "EUR" });
  return {
    partner_id,
    name: partner_id,
    method: more.method ?? "csv",
    parts: [{ method: more.method ?? "csv", share_bp: 10_000, amount: more.next_payout ?? eur(minor) }],
    payable: eur(minor),
    debt: eur(0),
    frozen: eur(0),
    exchanges: [],
    next_payout: eur(minor),
    withheld: eur(0),
    fee: eur(0),
    below_minimum: false,
    is_withheld: false,
    standing: "ready",
    missing: [],
    own_invoice: null,
    fault: null,
    ...more,
  };
}

const nothing = { minor: 0, currency: "EUR" };
const all = [
  owed("prt_s", { method: "sepa" }),
  owed("prt_c", {}, 300),
  owed("prt_w", { standing: "withheld", next_payout: nothing }),
  owed("prt_f", { standing: "missing", missing: ["tax_form"], next_payout: nothing }),
  owed("prt_i", { standing: "faulty", method: "sepa", next_payout: nothing }),
  owed("prt_m", { standing: "below_minimum", next_payout: nothing }),
  owed("prt_d", { standing: "nothing", debt: { minor: 5000, currency: "EUR" }, next_payout: nothing }),
  owed("prt_z", { standing: "nothing", frozen: { minor: 1000, currency: "EUR" }, next_payout: nothing }),
];

describe("who is paid now", () => {
  it("tells why one is not", () => {
    expect(all.map((each) => standingOf(each, "csv"))).toEqual([
      "other_method",
      "paid_now",
      "withheld",
      "missing",
      "faulty",
      "below_minimum",
      "debt",
      "nothing",
    ]);
  });

  it("takes all of the method, or the chosen ones of it", () => {
    expect(payees(all, "csv", []).map((each) => each.partner_id)).toEqual(["prt_c"]);
    expect(payees(all, "sepa", ["prt_s", "prt_i"]).map((each) => each.partner_id)).toEqual(["prt_s"]);
    expect(payees(all, "csv", ["prt_s"])).toEqual([]);
  });

  it("sums what each method pays", () => {
    expect(sumsByMethod(all)).toEqual([
      { method: "sepa", partners: 1, minor: 1000 },
      { method: "csv", partners: 1, minor: 300 },
    ]);
  });

  it("shows those that a view is of", () => {
    const seen = (view: Parameters<typeof seenIn>[1]) => all.filter((each) => seenIn(each, view)).length;
    expect([seen(undefined), seen("ready"), seen("faulty"), seen("frozen")]).toEqual([8, 2, 1, 1]);
  });
});
