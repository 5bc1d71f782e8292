import { expect, it } from "vitest";
import type { Schemas } from "~/api/client";
import { reachOf } from "./reach";

const eur = (minor: number) => ({ minor, currency: "EUR" });
const next = (change: Partial<Schemas["NextPayout"]>): Schemas["NextPayout"] => ({
  currency: "EUR",
  payable: eur(0),
  debt: eur(0),
  minimum: eur(5000),
  reaches_minimum: false,
  next_payout: eur(0),
  withheld: eur(0),
  fee: eur(0),
  parts: [],
  approved: eur(0),
  upcoming: [],
  later: eur(0),
  frozen: eur(0),
  missing: [],
  own_invoice: null,
  ...change,
});
const day = (name: string, minor: number) => ({ day: name, amount: eur(minor), conversions: 1 });

it("is ready when the next batch would send it", () => {
  expect(reachOf(next({ reaches_minimum: true, next_payout: eur(6000) }))).toEqual({
    kind: "ready",
    minor: 6000,
  });
});

it("names the day on which the minimum is reached, debt taken off first", () => {
  const upcoming = [day("2026-12-03", 3000), day("2026-12-01", 1000)];
  expect(reachOf(next({ payable: eur(2000), debt: eur(500), upcoming }))).toEqual({
    kind: "on",
    day: "2026-12-03",
    minor: 5500,
    minimum: 5000,
  });
});

it("says what is missing when that day is not in sight", () => {
  expect(reachOf(next({ payable: eur(1240) }))).toEqual({ kind: "missing", minor: 3760, minimum: 5000 });
  expect(reachOf(next({}))).toBeUndefined();
  expect(reachOf(next({ payable: eur(1000), later: eur(9000) }))).toBeUndefined();
});
