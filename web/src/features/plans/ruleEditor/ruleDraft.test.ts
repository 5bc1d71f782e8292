import { expect, it } from "vitest";
import type { Rule } from "../shapes";
import { draftOfRule, NEW_RULE, nextKey, readFrom, ruleOf } from "./ruleDraft";

function rule(more: Partial<Rule>): Rule {
  return {
    id: "rul_1",
    conditions: { goal_id: "gol_1" },
    effect: { minor: 1250 },
    priority: 0,
    created_at: "2026-01-01T00:00:00Z",
    ...more,
  };
}

it("comes out of the form as it went in", () => {
  const rules = [
    rule({}),
    rule({ name: "Gold", effect: { percent: "12.5" }, priority: -2 }),
    rule({ effect: { recurring: { percent: "20", months: 12 } } }),
    rule({ effect: { recurring: { minor: 100, months: null } } }),
    rule({ limits: [{ per: "customer", period: "month", minor: 5000 }] }),
    rule({ effect: { bonus: { metric: "conversions", period: "month", from: 50, minor: 10_000 } } }),
    rule({ effect: { bonus: { metric: "amount", period: "total", from: 100_050, minor: 999 } } }),
    rule({
      effect: {
        tier: {
          metric: "amount",
          period: "month",
          mode: "marginal",
          steps: [
            { from: 0, percent: "8" },
            { from: 100_050, minor: 900 },
          ],
        },
      },
    }),
  ];
  for (const one of rules) expect(ruleOf(draftOfRule(one, "EUR"), "EUR")).toEqual(one);
});

it("is not sent while a part cannot be read", () => {
  const typed = { ...NEW_RULE, rate: { kind: "percent" as const, value: "10" } };
  expect(ruleOf(NEW_RULE, "EUR")).toBeUndefined();
  expect(ruleOf(typed, "EUR")).toEqual({ conditions: {}, effect: { percent: "10" }, priority: 0 });
  expect(ruleOf({ ...typed, kind: "recurring", months: "1.5" }, "EUR")).toBeUndefined();
  expect(ruleOf({ ...typed, kind: "recurring", months: "0" }, "EUR")).toBeUndefined();
  const bonus = { ...NEW_RULE, kind: "bonus" as const, threshold: "50", sum: "100" };
  const read = { bonus: { metric: "conversions", period: "month", from: 50, minor: 10_000 } };
  expect(ruleOf(bonus, "EUR")).toEqual({ conditions: {}, effect: read, priority: 0 });
  expect(ruleOf({ ...bonus, threshold: "0" }, "EUR")).toBeUndefined();
  expect(ruleOf({ ...bonus, sum: "" }, "EUR")).toBeUndefined();
  const limit = { key: 0, per: "all" as const, period: "day" as const, minor: null };
  expect(ruleOf({ ...typed, limits: [limit] }, "EUR")).toBeUndefined();
});

it("orders the steps, and wants one from nothing and no two alike", () => {
  const step = (key: number, from: string) => ({
    key,
    from,
    rate: { kind: "percent" as const, value: `${key + 1}` },
  });
  const tier = (...steps: ReturnType<typeof step>[]) => ruleOf({ ...NEW_RULE, kind: "tier", steps }, "EUR");
  expect(tier(step(0, "50"), step(1, "0"))?.effect).toMatchObject({
    tier: {
      steps: [
        { from: 0, percent: "2" },
        { from: 50, percent: "1" },
      ],
    },
  });
  expect(tier(step(0, "10"))).toBeUndefined();
  expect(tier(step(0, "0"), step(1, "0"))).toBeUndefined();
  expect(tier(step(0, "0"), step(1, "5.5"))).toBeUndefined();
});

it("reads the beginning of a step as a count or an amount, and drops conditions that say nothing", () => {
  expect(readFrom("1000,50", "amount", "EUR")).toBe(100_050);
  expect(readFrom("50", "conversions", "EUR")).toBe(50);
  const typed = {
    ...NEW_RULE,
    rate: { kind: "fixed" as const, value: "1" },
    conditions: { groups: [], tags: ["a"] },
  };
  expect(ruleOf(typed, "EUR")?.conditions).toEqual({ tags: ["a"] });
  expect(nextKey([{ key: 4 }, { key: 1 }])).toBe(5);
});
