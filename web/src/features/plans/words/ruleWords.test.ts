import i18next from "i18next";
import { beforeAll, describe, expect, it } from "vitest";
import en from "~/i18n/en/plan_words.json";
import pl from "~/i18n/pl/plan_words.json";
import ru from "~/i18n/ru/plan_words.json";
import { createFormat } from "~/ui/format";
import type { Conditions, Effect, Limit } from "../shapes";
import { ruleInWords } from "./ruleWords";
import type { Speaker } from "./speaker";

beforeAll(() =>
  i18next.init({
    resources: { en: { plan_words: en }, ru: { plan_words: ru }, pl: { plan_words: pl } },
    interpolation: { escapeValue: false },
  }),
);

function speaker(language: string): Speaker {
  const countries = new Intl.DisplayNames([language], { type: "region" });
  return {
    t: i18next.getFixedT(language, "plan_words") as Speaker["t"],
    format: createFormat({ language, timezone: "Europe/Warsaw" }),
    currency: "EUR",
    names: { gol_1: "sale", prt_1: "Trail Notes" },
    country: (code) => countries.of(code) ?? code,
    word: (_, code) => code,
  };
}

function said(conditions: Conditions, effect: Effect, limits: Limit[] = [], language = "en"): string {
  return ruleInWords({ conditions, effect, limits }, speaker(language)).replace(/[\u00a0\u202f]/g, " ");
}

describe("a rule in words", () => {
  it("says when it holds and what it gives", () => {
    expect(said({}, { percent: "10" })).toBe("Every conversion: 10% of the amount");
    expect(said({ goal_id: "gol_1", countries: ["DE", "AT"], groups: ["gold"] }, { minor: 1250 })).toBe(
      "Goal sale, group gold, country Germany or Austria: €12.50 a conversion",
    );
    expect(said({ partner_id: "prt_1", customer: "new" }, { percent: "0.0035" })).toBe(
      "Partner Trail Notes, new customer: 0.0035% of the amount",
    );
  });

  it("says ranges of amounts, orders and dates", () => {
    const price = { minor: 100 };
    expect(said({ amount: { from_minor: 5000 } }, price)).toContain("Amount from €50.00:");
    expect(said({ amount: { from_minor: 5000, to_minor: 9900 } }, price)).toContain("€50.00 to below €99.00");
    expect(said({ nth_order: { from: 2, to: 2 } }, price)).toContain("Order no. 2:");
    expect(said({ nth_order: { from: 2 } }, price)).toContain("Order no. 2 and later:");
    expect(said({ weekdays: [1, 7] }, price)).toContain("Monday or Sunday:");
    expect(said({ dates: { from: "2026-11-27", to: "2026-11-30" } }, price)).toContain("Nov 27");
    expect(said({ subs: { "2": ["a", "b"] } }, price)).toContain("Sub id 2 is a or b:");
  });

  it("says bonuses", () => {
    const bonus = (metric: "conversions" | "amount" | "revenue"): Effect => ({
      bonus: { metric, period: "month", from: 5_000, minor: 10_000 },
    });
    expect(said({ goal_id: "gol_1" }, bonus("conversions"))).toBe(
      "Goal sale: €100.00 once 5,000 conversions are reached in a month",
    );
    expect(said({}, bonus("amount"))).toContain("€100.00 once sales of €50.00 are reached in a month");
    expect(said({}, bonus("conversions"), [], "ru")).toContain("когда за месяц");
    expect(said({}, bonus("revenue"), [], "pl")).toContain("w ciągu miesiąca");
  });

  it("says tiers, terms and limits", () => {
    const tier: Effect = {
      tier: {
        metric: "conversions",
        period: "month",
        mode: "marginal",
        steps: [
          { from: 0, percent: "8" },
          { from: 50, percent: "10" },
        ],
      },
    };
    expect(said({}, tier)).toBe(
      "Every conversion: 8% of the amount, 10% of the amount from 50, by conversions in a month; each step pays what lies within it",
    );
    expect(said({}, { recurring: { percent: "20", months: 12 } })).toBe(
      "Every conversion: 20% of the amount for 12 months after the customer's first conversion",
    );
    expect(said({}, { recurring: { percent: "20", months: null } })).toContain(
      "for as long as the customer stays",
    );
    expect(said({}, { minor: 100 }, [{ per: "customer", period: "month", minor: 5000 }])).toContain(
      "; at most €50.00 for one customer in a month",
    );
  });

  it("speaks Russian and Polish", () => {
    const conditions = { goal_id: "gol_1", countries: ["DE", "AT"] };
    expect(said(conditions, { percent: "12.5" }, [], "ru")).toBe(
      "Цель sale, страна Германия или Австрия: 12,5 % от суммы",
    );
    expect(said({}, { recurring: { minor: 100, months: 3 } }, [], "ru")).toContain("3 месяца");
    expect(said(conditions, { minor: 1250 }, [], "pl")).toBe(
      "Cel sale, kraj Niemcy lub Austria: 12,50 € za konwersję",
    );
    expect(said({}, { recurring: { minor: 100, months: 12 } }, [], "pl")).toContain("12 miesięcy");
  });
});
