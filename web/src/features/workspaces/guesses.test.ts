import { describe, expect, it } from "vitest";
import { CURRENCIES, guessCurrency } from "./currencies";
import { guessTimezone, zoneOptions } from "./zones";

describe("what the browser tells of a new workspace", () => {
  it("is a currency by the country of its languages", () => {
    expect(guessCurrency(["pl-PL", "en"])).toBe("PLN");
    expect(guessCurrency(["pl"])).toBe("PLN");
    expect(guessCurrency(["en-US"])).toBe("USD");
    expect(guessCurrency(["de-DE"])).toBe("EUR");
    expect(guessCurrency(["de-CH"])).toBe("CHF");
    expect(guessCurrency(["ru-KZ", "ru"])).toBe("KZT");
  });

  it("is the euro where no country is named", () => {
    expect(guessCurrency(["en"])).toBe("EUR");
    expect(guessCurrency([])).toBe("EUR");
    expect(guessCurrency(["not a tag", "en-GB"])).toBe("GBP");
  });

  it("is a time zone that can be chosen", () => {
    expect(zoneOptions(guessTimezone()).map((zone) => zone.value)).toContain(guessTimezone());
    expect(zoneOptions("Asia/Calcutta").map((zone) => zone.value)).toContain("Asia/Calcutta");
    expect(zoneOptions("UTC")).toContainEqual({ value: "America/New_York", label: "America/New York" });
  });

  it("offers each currency once", () => {
    expect(new Set(CURRENCIES).size).toBe(CURRENCIES.length);
    expect(CURRENCIES.every((code) => /^[A-Z]{3}$/.test(code))).toBe(true);
  });
});
