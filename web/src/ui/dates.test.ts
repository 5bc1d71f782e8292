import { describe, expect, it } from "vitest";
import { addMonths, comparedDays, dayCount, isPreset, resolveRange, todayIn } from "./dates";

const today = "2026-11-22";

describe("presets", () => {
  it("end today, or where their period ended", () => {
    expect(resolveRange("yesterday", today)).toEqual({ from: "2026-11-21", to: "2026-11-21" });
    expect(resolveRange("last_7_days", today)).toEqual({ from: "2026-11-16", to: today });
    expect(dayCount(resolveRange("last_30_days", today))).toBe(30);
    expect(resolveRange("this_month", today)).toEqual({ from: "2026-11-01", to: today });
    expect(resolveRange("last_month", today)).toEqual({ from: "2026-10-01", to: "2026-10-31" });
    expect(resolveRange("last_month", "2026-01-05")).toEqual({ from: "2025-12-01", to: "2025-12-31" });
    expect(resolveRange("this_quarter", today)).toEqual({ from: "2026-10-01", to: today });
    expect(resolveRange("this_year", today)).toEqual({ from: "2026-01-01", to: today });
    expect(resolveRange("last_12_months", today)).toEqual({ from: "2025-11-23", to: today });
  });

  it("go by the date of the workspace's zone", () => {
    const now = new Date("2026-11-22T23:30:00Z");
    expect(todayIn("Europe/Warsaw", now)).toBe("2026-11-23");
    expect(todayIn("America/New_York", now)).toBe("2026-11-22");
  });
});

describe("names", () => {
  it("of ranges that move are told from others", () => {
    expect(isPreset("last_30_days")).toBe(true);
    expect(isPreset("custom")).toBe(false);
    expect(isPreset(undefined)).toBe(false);
  });
});

describe("comparison", () => {
  const compared = (
    preset: "last_7_days" | "this_month" | "last_month" | "this_quarter",
    compare: "previous_period" | "previous_year",
  ) => comparedDays({ ...resolveRange(preset, today), preset, compare });

  it("is of the same length, or the same part of the month before", () => {
    expect(compared("last_7_days", "previous_period")).toEqual({ from: "2026-11-09", to: "2026-11-15" });
    expect(compared("this_month", "previous_period")).toEqual({ from: "2026-10-01", to: "2026-10-22" });
    expect(compared("last_month", "previous_period")).toEqual({ from: "2026-09-01", to: "2026-09-30" });
    expect(compared("this_quarter", "previous_period")).toEqual({ from: "2026-07-01", to: "2026-08-22" });
    expect(compared("last_month", "previous_year")).toEqual({ from: "2025-10-01", to: "2025-10-31" });
  });

  it("takes the last day where a month is shorter", () => {
    expect(addMonths("2026-03-31", -1)).toBe("2026-02-28");
    expect(addMonths("2024-02-29", -12)).toBe("2023-02-28");
  });

  it("may be none", () => {
    expect(comparedDays({ from: today, to: today, preset: "today", compare: "none" })).toBeNull();
  });
});
