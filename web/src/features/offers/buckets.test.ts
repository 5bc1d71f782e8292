import { expect, it } from "vitest";
import { bucketsOf, grainOf } from "./buckets";

it("draws days, then weeks, then months", () => {
  expect(grainOf({ from: "2026-11-01", to: "2026-11-30" })).toBe("day");
  expect(grainOf({ from: "2026-01-01", to: "2026-11-30" })).toBe("week");
  expect(grainOf({ from: "2025-01-01", to: "2026-11-30" })).toBe("month");
});

it("names every bucket as reports do", () => {
  expect(bucketsOf({ from: "2026-02-27", to: "2026-03-01" }, "day")).toEqual([
    "2026-02-27",
    "2026-02-28",
    "2026-03-01",
  ]);
  expect(bucketsOf({ from: "2026-11-22", to: "2026-11-24" }, "week")).toEqual(["2026-11-16", "2026-11-23"]);
  expect(bucketsOf({ from: "2025-12-15", to: "2026-02-01" }, "month")).toEqual([
    "2025-12-01",
    "2026-01-01",
    "2026-02-01",
  ]);
});
