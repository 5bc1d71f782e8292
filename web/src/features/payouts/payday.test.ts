import { describe, expect, it } from "vitest";
import type { Method, Owed } from "./model";
import { areDetailsComplete, payees, standingOf, sumsByMethod } from "./payday";

function owed(partner_id: string, more: Partial<Owed> = {}, minor = 1000): Owed {
  const eur = (each: number) => ({ minor: each, currency: "EUR" });
  return {
    partner_id,
    name: partner_id,
    payable: eur(minor),
    debt: eur(0),
    frozen: eur(0),
    exchanges: [],
    next_payout: eur(minor),
    below_minimum: false,
    is_withheld: false,
    missing: [],
    ...more,
  };
}

const methods = new Map<string, Method>([["prt_s", "sepa"]]);
const all = [
  owed("prt_s"),
  owed("prt_c", {}, 300),
  owed("prt_w", { is_withheld: true }),
  owed("prt_f", { missing: ["tax_form"], next_payout: { minor: 0, currency: "EUR" } }),
  owed("prt_m", { below_minimum: true, next_payout: { minor: 0, currency: "EUR" } }),
  owed("prt_d", { debt: { minor: 5000, currency: "EUR" }, next_payout: { minor: 0, currency: "EUR" } }),
];

describe("who is paid now", () => {
  it("tells why one is not", () => {
    expect(all.map((each) => standingOf(each, "csv", methods))).toEqual([
      "other_method",
      "paid_now",
      "withheld",
      "missing",
      "below_minimum",
      "debt",
    ]);
  });

  it("takes all of the method, or the chosen ones of it", () => {
    expect(payees(all, "csv", methods, []).map((each) => each.partner_id)).toEqual(["prt_c"]);
    expect(payees(all, "sepa", methods, ["prt_s", "prt_w"]).map((each) => each.partner_id)).toEqual([
      "prt_s",
    ]);
    expect(payees(all, "csv", methods, ["prt_s"])).toEqual([]);
  });

  it("sums what each method pays", () => {
    expect(sumsByMethod(all, methods)).toEqual([
      { method: "sepa", partners: 1, minor: 1000 },
      { method: "csv", partners: 1, minor: 300 },
    ]);
  });
});

describe("payout details", () => {
  it("are complete when the method has what it needs", () => {
    expect(areDetailsComplete("csv", {})).toBe(true);
    expect(areDetailsComplete("sepa", { name: "…edia" })).toBe(false);
    expect(areDetailsComplete("sepa", { name: "…edia", iban: "…3000" })).toBe(true);
    expect(areDetailsComplete("wise", {})).toBe(false);
  });
});
