import { describe, expect, it } from "vitest";
import { exampleEarnings, exampleSale, readDecimal, readEffect, readMinor } from "./firstOffer";

describe("what a partner earns, as it is typed", () => {
  it("takes a comma or a point", () => {
    expect(readDecimal("12,5")).toBe("12.5");
    expect(readDecimal(" 1 200.50 ")).toBe("1200.50");
    for (const wrong of ["", "abc", "-5", "1.2.3", "0.123456789", "1e3"])
      expect(readDecimal(wrong), wrong).toBeNull();
  });

  it("counts in whole minor units of the currency", () => {
    expect(readMinor("12.50", "EUR")).toBe(1250);
    expect(readMinor("12,5", "EUR")).toBe(1250);
    expect(readMinor("0.07", "EUR")).toBe(7);
    expect(readMinor("1500", "JPY")).toBe(1500);
    expect(readMinor("1.250", "KWD")).toBe(1250);
    expect(readMinor("12.500", "EUR")).toBe(1250);
    expect(readMinor("12.505", "EUR")).toBeNull();
    expect(readMinor("1.5", "JPY")).toBeNull();
  });

  it("becomes the effect of a goal", () => {
    expect(readEffect("percent", "10", "EUR")).toEqual({ percent: "10" });
    expect(readEffect("lead", "12.50", "EUR")).toEqual({ minor: 1250 });
    expect(readEffect("percent", "101", "EUR")).toBeNull();
    expect(readEffect("sale", "", "EUR")).toBeNull();
  });

  it("shows in the example", () => {
    expect(exampleEarnings({ percent: "10" }, exampleSale("EUR"))).toEqual({ minor: 800, currency: "EUR" });
    expect(exampleEarnings({ percent: "0.35" }, exampleSale("EUR"))).toEqual({ minor: 28, currency: "EUR" });
    expect(exampleEarnings({ minor: 1250 }, exampleSale("PLN"))).toEqual({ minor: 1250, currency: "PLN" });
  });
});
