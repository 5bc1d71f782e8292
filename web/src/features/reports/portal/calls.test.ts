import { expect, it } from "vitest";
import { type Call, isBad, lastDayOf } from "./calls";

const NOW = Date.parse("2026-11-22T06:00:00Z");
const call = (change: Partial<Call>): Call => ({
  receipt_id: "rcp",
  arrived_at: "2026-11-22T05:00:00Z",
  http_status: 200,
  status: "approved",
  reason: null,
  message: "",
  door: "postback",
  params: [],
  ...change,
});

it("does not take the advertiser's own verdict for a failure", () => {
  expect(isBad(call({ status: "rejected", reason: "bad_contact" }))).toBe(false);
  expect(isBad(call({ status: "rejected", reason: "click_not_found" }))).toBe(true);
  expect(isBad(call({ status: "rejected", http_status: 401, reason: "bad_token" }))).toBe(true);
});

it("counts the last day", () => {
  const bad = call({ http_status: 400 });
  const old = call({ arrived_at: "2026-11-20T05:00:00Z" });
  const day = lastDayOf([call({}), bad, old], true, NOW);
  expect(day).toEqual({ good: 1, bad: [bad], isCut: false, last: "2026-11-22T05:00:00Z" });
  expect(lastDayOf([call({})], true, NOW).isCut).toBe(true);
  expect(lastDayOf([], false, NOW)).toEqual({ good: 0, bad: [], isCut: false, last: undefined });
});
