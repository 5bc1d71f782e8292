import i18next from "i18next";
import { beforeAll, describe, expect, it } from "vitest";
import en from "~/i18n/en/plans.json";
import pl from "~/i18n/pl/plans.json";
import ru from "~/i18n/ru/plans.json";
import { createFormat } from "~/ui/format";
import { payoutInWords } from "./payoutWords";

const KINDS = Object.keys(en.fixed) as (keyof typeof en.fixed)[];

beforeAll(() =>
  i18next.init({
    resources: { en: { plans: en }, ru: { plans: ru }, pl: { plans: pl } },
    interpolation: { escapeValue: false },
  }),
);

function said(
  language: string,
  effect: Parameters<typeof payoutInWords>[2],
  kind: (typeof KINDS)[number],
): string {
  const t = i18next.getFixedT(language, "plans");
  const format = createFormat({ language, timezone: "Europe/Warsaw" });
  const text = payoutInWords(t as never, format, effect, { name: "vip", kind }, "EUR");
  return text.replace(/[\u00a0\u202f]/g, " ");
}

describe("payouts in words", () => {
  it("names the rate and what it is for", () => {
    expect(said("en", { percent: "10" }, "sale")).toBe("10% of a sale");
    expect(said("en", { minor: 1250 }, "lead")).toBe("€12.50 a lead");
    expect(said("en", { percent: "11.5" }, "lead")).toBe("11.5% of the amount");
    expect(said("en", { minor: 60 }, "custom")).toBe("€0.60 for “vip”");
    expect(said("en", null, "sale")).toBe("nothing");
  });

  it("speaks Russian and Polish", () => {
    expect(said("ru", { minor: 1250 }, "registration")).toBe("12,50 € за регистрацию");
    expect(said("ru", { percent: "12.5" }, "sale")).toBe("12,5 % от продажи");
    expect(said("pl", { minor: 60 }, "ftd")).toBe("0,60 € za pierwszy depozyt");
  });

  it("has words for every kind of goal in every language", () => {
    for (const language of ["en", "ru", "pl"]) {
      for (const kind of KINDS) expect(said(language, { minor: 100 }, kind)).not.toContain("fixed.");
    }
  });

  it("keeps the decimals of a small percentage", () => {
    expect(said("en", { percent: "0.0035" }, "sale")).toBe("0.0035% of a sale");
  });
});
