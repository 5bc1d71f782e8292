import { describe, expect, test } from "vitest";
import type { AlertRule, Watch } from "./model";
import { formOf, isWhole, wantedOf, watchOf } from "./ruleForm";

const watch: Watch = {
  metric: "ecpa",
  test: { kind: "rises", per_cent: 30, unless: "revenue" },
  window_hours: 168,
  at_least: 40,
  each: "offer",
  filters: [{ field: "country", op: "in", values: ["PL"] as never }],
};
const rule = { id: "alr_1", name: "Cost", watch, is_on: false, mails: true, people: ["usr_1"] } as AlertRule;

describe("a rule in its form", () => {
  test("what is opened and saved untouched is what it was", () => {
    expect(watchOf(formOf(rule))).toEqual(watch);
    const { name, is_on, mails, people } = rule;
    expect(wantedOf(formOf(rule), rule)).toEqual({ name, is_on, mails, people, watch });
    const unusual: Watch = {
      ...watch,
      metric: "clicks",
      test: { kind: "unusual", side: "high", false_alarm_days: 90 },
    };
    expect(watchOf(formOf({ ...rule, watch: unusual }))).toEqual(unusual);
  });

  test("a rule that looks at a state says nothing of a metric", () => {
    const state = { ...rule, watch: null };
    expect(wantedOf(formOf(state), state).watch).toBeNull();
  });

  test("each test asks for its own", () => {
    const form = { ...formOf(undefined), name: "Few" };
    expect(isWhole(form)).toBe(true);
    expect(isWhole({ ...form, kind: "below" })).toBe(false);
    expect(isWhole({ ...form, kind: "below", limit: 5 })).toBe(true);
    expect(isWhole({ ...form, kind: "unusual", false_alarm_days: null })).toBe(false);
    expect(isWhole({ ...form, name: " " })).toBe(false);
  });
});
