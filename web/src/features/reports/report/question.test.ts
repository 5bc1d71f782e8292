import { expect, test } from "vitest";
import { questionOf, readReport, writeReport } from "./question";

const NOVEMBER = { from: "2026-11-01", to: "2026-11-30", preset: "custom", compare: "none" } as const;

test("a report without an address asks by day", () => {
  expect(readReport({}).dimensions).toEqual(["day"]);
  expect(writeReport(readReport({}))).toEqual({});
});

test("what stands in the address comes back from it", () => {
  const state = readReport({
    dimensions: ["offer", "country"],
    metrics: "clicks",
    filter: "country:PL|DE",
    basis: "click",
  });
  expect(state.filters).toEqual([{ field: "country", values: ["PL", "DE"] }]);
  expect(readReport({ ...writeReport(state) })).toEqual(state);
});

test("nonsense in the address is left out", () => {
  const state = readReport({ filter: ["country", ":", "offer:"], basis: "never" });
  expect(state.filters).toEqual([]);
  expect(state.basis).toBe("event");
});

test("metrics that a person may not see are not asked for", () => {
  const question = questionOf(readReport({ metrics: ["clicks", "profit"] }), NOVEMBER, ["clicks"], 10);
  expect(question.metrics).toEqual(["clicks"]);
  expect(question.compare).toBeUndefined();
});

test("the unknown value of a dimension is asked for as null", () => {
  const question = questionOf(readReport({ filter: "country:" + "PL|" }), NOVEMBER, [], 10);
  expect(question.filters?.[0]?.values).toEqual(["PL", null]);
});

test("times stand in their order, anything else with the greatest first", () => {
  const sortOf = (dimension: string) =>
    questionOf(readReport({ dimensions: dimension, metrics: "clicks" }), NOVEMBER, ["clicks"], 10).sort;
  expect(sortOf("month")).toEqual(["month"]);
  expect(sortOf("offer")).toEqual(["-clicks"]);
});
