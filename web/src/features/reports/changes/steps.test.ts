import { describe, expect, it } from "vitest";
import type { ChangedValue } from "./query";
import { placeOf, stepsOf } from "./steps";

const value = (mix: number, rate: number): ChangedValue => ({ value: "x", before: 0, now: 0, mix, rate });
const split = (values: ChangedValue[]) => ({
  dimension: "partner",
  values,
  others: { count: 0, mix: 0, rate: 0 },
});

describe("the way of a change", () => {
  it("goes from the number before to the number now, each effect on top of the last", () => {
    const steps = stepsOf({ before: 100, now: 70 }, split([value(0, -40), value(5, 0)]));
    expect(steps.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ["before", 0, 100],
      ["value", 100, 60],
      ["value", 60, 65],
      ["others", 65, 70],
      ["now", 0, 70],
    ]);
  });

  it("draws no bar for what did nothing, and gathers small ones", () => {
    const many = Array.from({ length: 12 }, () => value(0, 1));
    const steps = stepsOf({ before: 0, now: 12 }, split([value(0, 0), ...many]));
    expect(steps.filter(({ kind }) => kind === "value")).toHaveLength(7);
    expect(steps.find(({ kind }) => kind === "others")).toMatchObject({ from: 7, to: 12 });
  });

  it("has room for losses below nought", () => {
    const steps = stepsOf({ before: 50, now: -50 }, split([value(0, -100)]));
    expect(steps.map((step) => placeOf(step, steps))).toEqual([
      { start: 50, length: 50 },
      { start: 0, length: 100 },
      { start: 0, length: 50 },
    ]);
  });

  it("is not there where nothing can be compared", () => {
    expect(stepsOf({ before: null, now: 5 }, split([]))).toEqual([]);
  });
});
