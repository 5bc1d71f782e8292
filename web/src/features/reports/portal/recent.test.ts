import { expect, it } from "vitest";
import { monthsOf, recentOf } from "./recent";

it("sets this month beside the same days of the month before", () => {
  expect(monthsOf("2026-11-22")).toEqual({
    now: { from: "2026-11-01", to: "2026-11-22" },
    before: { from: "2026-10-01", to: "2026-10-22" },
  });
  expect(monthsOf("2026-03-31").before).toEqual({ from: "2026-02-01", to: "2026-02-28" });
  expect(monthsOf("2026-01-05").before).toEqual({ from: "2025-12-01", to: "2025-12-05" });
});

it("sets today beside yesterday up to this hour", () => {
  const day = (name: string, payout: number) => ({ day: name, payout, clicks: 1, conversions: 1 });
  const hour = (name: string, payout: number) => ({ hour: name, payout, clicks: 1, conversions: 0 });
  const recent = recentOf(
    [
      day("2026-10-22", 5),
      day("2026-10-23", 7),
      day("2026-11-20", 100),
      day("2026-11-21", 300),
      day("2026-11-22", 50),
    ],
    [
      hour("2026-11-21T06:00:00+01:00", 40),
      hour("2026-11-21T07:00:00+01:00", 260),
      hour("2026-11-22T06:00:00+01:00", 50),
    ],
    "2026-11-22",
    6,
  );
  expect(recent.today).toEqual({
    now: { payout: 50, clicks: 1, conversions: 1 },
    before: { payout: 40, clicks: 1, conversions: 0 },
  });
  expect(recent.yesterday.now.payout).toBe(300);
  expect(recent.yesterday.before.payout).toBe(100);
  expect(recent.month.now.payout).toBe(450);
  expect(recent.month.before.payout).toBe(5);
});
