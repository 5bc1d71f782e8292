import { expect, it } from "vitest";
import { accountsOn, movedBy, ownerOf, type Posting, sidesOf } from "./model";

function posting(account: Posting["account"], debit: number, credit: number, currency = "EUR"): Posting {
  return {
    account,
    currency,
    debit_minor: debit,
    credit_minor: credit,
    partner_id: null,
    advertiser_id: null,
  };
}

const APPROVAL = [
  posting("partner_pending", 800, 0),
  posting("partner_approved", 0, 800),
  posting("commission_cost", 800, 0),
  posting("pending_cost", 0, 800),
];

it("sums what an entry moved by currency", () => {
  expect(movedBy(APPROVAL)).toEqual([{ currency: "EUR", minor: 1600 }]);
  expect(movedBy([posting("cash", 5, 0, "USD"), posting("cash", 0, 4)])).toEqual([
    { currency: "USD", minor: 5 },
    { currency: "EUR", minor: 0 },
  ]);
});

it("names the accounts of either side once", () => {
  expect(accountsOn("debit", [...APPROVAL, ...APPROVAL])).toEqual(["partner_pending", "commission_cost"]);
  expect(accountsOn("credit", APPROVAL)).toEqual(["partner_approved", "pending_cost"]);
});

it("knows whose part of an account it is", () => {
  expect(ownerOf({ partner_id: "prt_1", advertiser_id: null })).toBe("prt_1");
  expect(ownerOf({ partner_id: null, advertiser_id: "adv_1" })).toBe("adv_1");
  expect(ownerOf({ partner_id: null, advertiser_id: null })).toBeUndefined();
});

it("adds both sides of a currency up", () => {
  const total = { account: "cash" as const, balance_minor: 0 };
  const totals = [
    { ...total, currency: "EUR", debit_minor: 3, credit_minor: 1 },
    { ...total, currency: "EUR", debit_minor: 0, credit_minor: 2 },
    { ...total, currency: "USD", debit_minor: 7, credit_minor: 7 },
  ];
  expect(sidesOf(totals)).toEqual([
    { currency: "EUR", debit: 3, credit: 3 },
    { currency: "USD", debit: 7, credit: 7 },
  ]);
});
