import { describe, expect, it } from "vitest";
import { allWhole, changeRatio, createFormat, currencyDigits } from "./format";

const en = createFormat({ language: "en", timezone: "Europe/Warsaw" });
const ru = createFormat({ language: "ru", timezone: "Europe/Warsaw" });
const pl = createFormat({ language: "pl", timezone: "Europe/Warsaw" });
const nbsp = "\u00a0";
const minus = "\u2212";

describe("money", () => {
  it("goes by the language and the currency's decimals", () => {
    const value = { minor: 1234550, currency: "EUR" };
    expect(en.money(value)).toBe("€12,345.50");
    expect(ru.money(value)).toBe(`12${nbsp}345,50${nbsp}€`);
    expect(pl.money(value)).toBe(`12${nbsp}345,50${nbsp}€`);
    expect(en.money({ minor: 500, currency: "JPY" })).toBe("¥500");
    expect(en.money({ minor: 1500, currency: "KWD" })).toBe(`KWD${nbsp}1.500`);
  });

  it("knows units that no standard names", () => {
    expect(currencyDigits("USDT")).toBe(6);
    expect(en.money({ minor: 12_340_000, currency: "USDT" })).toBe(`12.340000${nbsp}USDT`);
    expect(en.money({ minor: 12_340_000, currency: "USDT" }, { digits: 2 })).toBe(`12.34${nbsp}USDT`);
    expect(ru.money({ minor: 150_000_000, currency: "BTC" })).toBe(`1,50000000${nbsp}BTC`);
    const own = createFormat({ language: "en", timezone: "UTC", unitDigits: { POINTS: 0 } });
    expect(own.money({ minor: 1200, currency: "POINTS" })).toBe(`1,200${nbsp}POINTS`);
  });

  it("shows less than nought with a real minus and hides minor units only when asked", () => {
    expect(en.money({ minor: -1250, currency: "EUR" })).toBe(`${minus}€12.50`);
    expect(ru.money({ minor: -1250, currency: "EUR" })).toBe(`${minus}12,50${nbsp}€`);
    expect(en.money({ minor: 1200, currency: "EUR" })).toBe("€12.00");
    expect(en.money({ minor: 1200, currency: "EUR" }, { whole: true })).toBe("€12");
    expect(en.money({ minor: 1200, currency: "EUR" }, { signed: true })).toBe("+€12.00");
    expect(allWhole([{ minor: 1200, currency: "EUR" }, null])).toBe(true);
    expect(allWhole([{ minor: 1201, currency: "EUR" }])).toBe(false);
  });

  it("tells nothing from nought", () => {
    expect(en.money(null)).toBe("-");
    expect(en.money({ minor: 0, currency: "EUR" })).toBe("€0.00");
    expect(en.number(undefined)).toBe("-");
    expect(en.number(0)).toBe("0");
  });

  it("gives a unit's price as many decimals as it needs", () => {
    expect(en.moneyMicros({ micros: 1_250_000, currency: "EUR" })).toBe("€1.25");
    expect(en.moneyMicros({ micros: 12_340, currency: "EUR" })).toBe("€0.0123");
  });
});

describe("figures", () => {
  it("groups, shortens and shares", () => {
    expect(en.number(1234567)).toBe("1,234,567");
    expect(ru.number(1234567)).toBe(`1${nbsp}234${nbsp}567`);
    expect(pl.compactNumber(1234567)).toBe(`1,2${nbsp}mln`);
    expect(en.percent(0.1234)).toBe("12.3%");
    expect(ru.percent(0.1234)).toBe(`12,3${nbsp}%`);
    expect(en.change(0.05)).toBe("+5.0%");
    expect(pl.change(-0.05)).toBe(`${minus}5,0%`);
  });

  it("has no change to tell from nothing", () => {
    expect(changeRatio(5, 0)).toBeNull();
    expect(changeRatio(150, 100)).toBe(0.5);
    expect(changeRatio(-50, -100)).toBe(0.5);
  });
});

describe("dates", () => {
  it("shows instants in the workspace's zone and leaves plain dates alone", () => {
    expect(en.date("2026-11-22T23:30:00Z")).toBe("Nov 23, 2026");
    expect(en.date("2026-11-22")).toBe("Nov 22, 2026");
    expect(ru.date("2026-11-22")).toContain("22 нояб. 2026");
    expect(pl.date("2026-11-22")).toBe("22 lis 2026");
    expect(pl.dateTime("2026-11-22T13:05:00Z")).toContain("14:05");
  });

  it("says how long ago", () => {
    const now = new Date("2026-11-22T12:00:00Z");
    expect(en.timeAgo("2026-11-22T09:00:00Z", now)).toBe("3 hours ago");
    expect(ru.timeAgo("2026-11-22T09:00:00Z", now)).toBe("3 часа назад");
    expect(pl.timeAgo("2026-11-21T12:00:00Z", now)).toBe("wczoraj");
  });

  it("joins the ends of a range", () => {
    expect(en.dayRange("2026-11-02", "2026-11-22").replace(/[\u2009\u202f]/g, " ")).toBe("Nov 2 – 22, 2026");
    expect(pl.dayRange("2026-11-02", "2026-11-22")).toBe("2–22 lis 2026");
  });
});
