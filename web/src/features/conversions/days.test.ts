import { describe, expect, it } from "vitest";
import { momentsOf, startOfDay } from "./days";

describe("local days as moments", () => {
  it("begin at midnight of the zone", () => {
    expect(startOfDay("2026-11-22", "Europe/Warsaw")).toBe("2026-11-21T23:00:00.000Z");
    expect(startOfDay("2026-11-22", "UTC")).toBe("2026-11-22T00:00:00.000Z");
    expect(startOfDay("2026-11-22", "America/New_York")).toBe("2026-11-22T05:00:00.000Z");
  });

  it("keep to the clock on the days it is moved", () => {
    expect(momentsOf({ from: "2026-03-29", to: "2026-03-29" }, "Europe/Warsaw")).toEqual({
      from: "2026-03-28T23:00:00.000Z",
      to: "2026-03-29T22:00:00.000Z",
    });
    expect(momentsOf({ from: "2026-10-25", to: "2026-10-25" }, "Europe/Warsaw")).toEqual({
      from: "2026-10-24T22:00:00.000Z",
      to: "2026-10-25T23:00:00.000Z",
    });
  });
});
