import { expect, test } from "vitest";
import { dayPartText, readDayPart, runsOf } from "./dayPart";

test.each([
  ["mon-fri 08:00-20:00", "mon-fri 08:00-20:00"],
  ["sat,sun 10:00-18:00", "sat-sun 10:00-18:00"],
  ["fri-mon", "mon,fri-sun 00:00-24:00"],
  ["09:00-17:30", "daily 09:00-17:30"],
  ["daily 22:00-02:00", "daily 22:00-02:00"],
])("%s is kept as %s", (text, kept) => {
  expect(dayPartText(readDayPart(text))).toBe(kept);
});

test("days that follow one another are one run", () => {
  expect(runsOf(["mon", "tue", "thu", "sat", "sun"])).toEqual([
    ["mon", "tue"],
    ["thu", "thu"],
    ["sat", "sun"],
  ]);
});
