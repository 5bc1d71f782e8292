import { describe, expect, test } from "vitest";
import { durationOf } from "./useSpeech";
import { type Speech, spoken } from "./values";

const speech: Speech = {
  word: (list, code) => `${list}:${code}`,
  money: ({ minor, currency }) => `${minor / 100} ${currency}`,
  dateTime: (value) => `at ${value}`,
  number: String,
  duration: (seconds) => durationOf("en", seconds),
  country: (code) => `country ${code}`,
  yesOrNo: (value) => (value ? "yes" : "no"),
  labels: { prt_1: "Bright Media" },
};

describe("values of a step", () => {
  test.each([
    ["late_by_seconds", 2 * 86_400 + 3_600, "2 days 1 hour"],
    ["late_by_seconds", 0, "0 seconds"],
    ["min_seconds", 30, "30"],
    ["earnings", { minor: 800, currency: "EUR" }, "8 EUR"],
    ["partner_id", "prt_1", "Bright Media"],
    ["partner_id", "prt_2", "prt_2"],
    ["offer_state", "paused", "offer_state:paused"],
    ["attribution_order", ["click_id", "coupon"], "attribution_step:click_id, attribution_step:coupon"],
    ["click_at", "2026-11-22T09:00:00Z", "at 2026-11-22T09:00:00Z"],
    ["country", "PL", "country PL"],
    ["many_per_click", false, "no"],
    ["caps", [{ metric: "clicks", limit: 5 }], "cap_metric:clicks · decision_value:limit 5"],
  ])("%s is spoken", (name, value, said) => {
    expect(spoken(name, value, speech)).toBe(said);
  });
});
