import { expect, it } from "vitest";
import type { Conditions, Effect, Rule } from "../shapes";
import { changesBetween, isForEverybody } from "./diff";

function rule(id: string, conditions: Conditions, effect: Effect, more: Partial<Rule> = {}): Rule {
  return { id, conditions, effect, priority: 0, created_at: "2026-01-01T00:00:00Z", ...more };
}

const SALE = { goal_id: "gol_sale" };
const BEFORE = [
  rule("1", SALE, { percent: "10" }),
  rule("2", { ...SALE, countries: ["DE", "AT"] }, { percent: "12" }),
  rule("3", { groups: ["gold"] }, { minor: 500 }),
];

it("finds nothing between the same rules in another order under other ids", () => {
  const after = [...BEFORE].reverse().map((one) => ({ ...one, id: `new ${one.id}`, name: "" }));
  expect(changesBetween(BEFORE, after)).toEqual([]);
});

it("tells a changed rate from a rule that came or went", () => {
  const after = [
    rule("1", SALE, { percent: "11" }),
    rule("9", { ...SALE, countries: ["AT", "DE"] }, { percent: "12" }),
    rule("4", { goal_id: "gol_lead" }, { minor: 200 }),
  ];
  const changes = changesBetween(BEFORE, after);
  expect(changes.map(({ kind }) => kind)).toEqual(["changed", "added", "gone"]);
  expect(changes[0]).toMatchObject({
    before: { effect: { percent: "10" } },
    after: { effect: { percent: "11" } },
  });
  expect(changes[2]).toMatchObject({ before: { id: "3" } });
});

it("sees a limit, and a step of a tier, as a change of its rule", () => {
  const limited = rule(
    "1",
    SALE,
    { percent: "10" },
    { limits: [{ per: "customer", period: "month", minor: 5 }] },
  );
  expect(changesBetween(BEFORE.slice(0, 1), [limited])).toHaveLength(1);
  const tier = (percent: string): Effect => ({
    tier: { metric: "amount", period: "week", mode: "whole", steps: [{ from: 0, percent }] },
  });
  expect(changesBetween([rule("1", SALE, tier("1"))], [rule("1", SALE, tier("2"))])).toHaveLength(1);
});

it("knows whom a rule is for", () => {
  expect(isForEverybody({ conditions: { countries: ["DE"] } })).toBe(true);
  expect(isForEverybody({ conditions: { groups: ["gold"] } })).toBe(false);
  expect(isForEverybody({ conditions: { partner_id: "prt_1" } })).toBe(false);
});
