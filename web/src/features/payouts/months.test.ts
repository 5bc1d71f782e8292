import { describe, expect, it } from "vitest";
import { isMonth, monthAfter } from "./months";

describe("months", () => {
  it("go over the ends of years", () => {
    expect(monthAfter("2026-12", 1)).toBe("2027-01");
    expect(monthAfter("2026-01", -1)).toBe("2025-12");
    expect(monthAfter("2026-03", -27)).toBe("2023-12");
  });

  it("are told from other texts", () => {
    expect(["2026-11", "2026-13", "2026-00", "26-11", undefined].map(isMonth)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
