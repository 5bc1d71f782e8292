import { describe, expect, it } from "vitest";
import { amountOf, draftOf, effectOf, exampleOf, exampleSale, readDecimal, sameEffect } from "./effect";

describe("a rate as it is typed", () => {
  it("reads comma and point, and blanks between thousands", () => {
    expect(effectOf({ kind: "fixed", value: "12,5" }, "EUR")).toEqual({ minor: 1250 });
    expect(effectOf({ kind: "fixed", value: "1 250.00" }, "EUR")).toEqual({ minor: 125000 });
    expect(effectOf({ kind: "fixed", value: "1500" }, "JPY")).toEqual({ minor: 1500 });
    expect(effectOf({ kind: "percent", value: "11.50" }, "EUR")).toEqual({ percent: "11.5" });
  });

  it("cannot be read when it is empty, negative, too fine or too much", () => {
    for (const value of ["", "-1", "1.2.3", "ten", "12.505"]) {
      expect(effectOf({ kind: "fixed", value }, "EUR")).toBeUndefined();
    }
    expect(effectOf({ kind: "fixed", value: "1.5" }, "JPY")).toBeUndefined();
    expect(effectOf({ kind: "percent", value: "1000.01" }, "EUR")).toBeUndefined();
    expect(effectOf({ kind: "percent", value: "1000" }, "EUR")).toEqual({ percent: "1000" });
    expect(effectOf({ kind: "none", value: "whatever" }, "EUR")).toBeNull();
  });

  it("comes back as it was saved", () => {
    for (const effect of [{ minor: 1250 }, { minor: 5 }, { percent: "11.5" }, { percent: "0.0035" }]) {
      expect(effectOf(draftOf(effect, "EUR"), "EUR")).toEqual(effect);
    }
    expect(draftOf({ minor: 5 }, "EUR").value).toBe("0.05");
    expect(draftOf(null, "EUR")).toEqual({ kind: "none", value: "" });
  });
});

it("keeps what is no plain price as it is", () => {
  const tier = {
    tier: {
      metric: "conversions" as const,
      period: "month" as const,
      mode: "whole" as const,
      steps: [{ from: 0, percent: "8" }],
    },
  };
  const draft = draftOf(tier, "EUR");
  expect(effectOf(draft, "EUR")).toBe(tier);
  expect(effectOf({ ...draft, kind: "fixed", value: "5" }, "EUR")).toEqual({ minor: 500 });
  expect(sameEffect(effectOf(draft, "EUR"), tier)).toBe(true);
});

describe("what a rate gives", () => {
  it("is rounded once, half away from zero", () => {
    expect(amountOf({ percent: "10" }, 8000)).toBe(800);
    expect(amountOf({ percent: "12.5" }, 100)).toBe(13);
    expect(amountOf({ percent: "0.5" }, 99)).toBe(0);
    expect(amountOf({ percent: "0.5" }, 100)).toBe(1);
    expect(amountOf({ minor: 1250 }, 8000)).toBe(1250);
    expect(amountOf(undefined, 8000)).toBe(0);
  });

  it("is told for a sale of 80 with what is charged and kept", () => {
    const example = exampleOf({ percent: "10" }, { percent: "14" }, "EUR");
    expect(example).toMatchObject({
      saleMinor: 8000,
      payoutMinor: 800,
      revenueMinor: 1120,
      profitMinor: 320,
    });
    expect(example.margin).toBeCloseTo(0.2857, 4);
    expect(exampleSale("JPY")).toBe(8000);
    expect(exampleSale("KWD")).toBe(80000);
  });

  it("needs no sale where both rates are fixed, and has no margin where nothing is charged", () => {
    expect(exampleOf({ minor: 1250 }, { minor: 1800 }, "EUR").saleMinor).toBeUndefined();
    expect(exampleOf({ minor: 1250 }, null, "EUR")).toMatchObject({ profitMinor: -1250, margin: undefined });
  });
});

it("knows when two rates are one", () => {
  expect(sameEffect({ minor: 1 }, { minor: 1 })).toBe(true);
  expect(sameEffect({ minor: 1 }, { percent: "1" })).toBe(false);
  expect(sameEffect(null, undefined)).toBe(true);
  expect(sameEffect(null, { minor: 0 })).toBe(false);
});

it("reads numbers only", () => {
  expect(readDecimal("007.500")).toEqual({ digits: 75n, scale: 1 });
  expect(readDecimal("1e3")).toBeUndefined();
});
