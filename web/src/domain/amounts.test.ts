import { expect, test } from "vitest";
import { amountColumns, amountsOf, meaningOf } from "./amounts";

const COLUMNS = [
  { name: "offer" },
  { name: "payout", currency: "EUR" },
  { name: "payout_previous", currency: "EUR" },
  { name: "payout_usd", currency: "USD" },
  { name: "payout_usd_previous", currency: "USD" },
  { name: "margin" },
  { name: "margin_usd" },
];

test("a column of one currency alone is told from the metric's own", () => {
  expect(meaningOf("payout_usd_previous", COLUMNS)).toEqual({
    metric: "payout",
    alone: "USD",
    isBefore: true,
  });
  expect(meaningOf("margin_usd", COLUMNS)).toMatchObject({ metric: "margin", alone: "USD" });
  expect(meaningOf("first_cpa", COLUMNS)).toMatchObject({ metric: "first_cpa", alone: undefined });
});

test("an amount is told in every currency it has", () => {
  expect(amountColumns(COLUMNS, "payout").map(({ name }) => name)).toEqual(["payout", "payout_usd"]);
  expect(amountsOf({ payout: 0, payout_usd: 50 }, COLUMNS, "payout")).toEqual([
    { minor: 50, currency: "USD" },
  ]);
  expect(amountsOf({ payout: -5, payout_usd: 50 }, COLUMNS, "payout")).toHaveLength(2);
  expect(amountsOf(undefined, COLUMNS, "payout")).toEqual([{ minor: 0, currency: "EUR" }]);
});
