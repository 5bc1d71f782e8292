import { expect, it } from "vitest";
import { payableAfterDays } from "./clocks";

const SHOP = {
  conversion_start: "pending",
  validation_days: 30,
  validation_expiry: "approve",
  hold_days: 14,
} as const;

it("adds up the clocks only where they run by themselves", () => {
  expect(payableAfterDays(SHOP)).toBe(44);
  expect(payableAfterDays({ ...SHOP, validation_expiry: "stay" })).toBeUndefined();
  expect(payableAfterDays({ ...SHOP, validation_days: 0 })).toBeUndefined();
  expect(payableAfterDays({ ...SHOP, conversion_start: "approved" })).toBe(14);
});
