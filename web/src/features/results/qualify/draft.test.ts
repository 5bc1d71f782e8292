import { expect, it } from "vitest";
import { draftOf, newCondition, type Qualification, qualificationOf } from "./draft";

const ASKED: Qualification = {
  from_goal_id: "gol_ftd",
  conditions: [
    { kind: "at_least", figure: "deposits", value: 1_000 },
    { kind: "active_on_day", day: 14 },
    { kind: "orders", count: 2 },
  ],
  window_days: 30,
  report_days: 2,
  is_on: true,
};

it("reads what a goal asks for and sends it back as it was", () => {
  expect(qualificationOf(draftOf(ASKED, ""))).toEqual(ASKED);
});

it("is not sent while something is missing", () => {
  const begun = draftOf(null, "gol_ftd");
  expect(qualificationOf(begun)).toBeUndefined();
  const whole = { ...begun, conditions: [{ ...newCondition(), value: 500 }] };
  expect(qualificationOf(whole)?.conditions).toEqual([{ kind: "at_least", figure: "deposits", value: 500 }]);
  expect(qualificationOf({ ...whole, from: "" })).toBeUndefined();
  expect(qualificationOf({ ...whole, conditions: [...whole.conditions, newCondition()] })).toBeUndefined();
});
