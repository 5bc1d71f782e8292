import { describe, expect, it } from "vitest";
import { healthOf, masked, postbackAddress, tagSnippet, updateAddress } from "./connection";

const now = Date.parse("2026-11-22T12:00:00Z");
const call = (status: string, reason: string | null = null, arrived_at = "2026-11-22T11:00:00Z") => ({
  status,
  reason,
  http_status: 200,
  arrived_at,
});

describe("whether the connection works", () => {
  it("is not known before the first call", () => {
    expect(healthOf([], now)).toEqual({ state: "silent" });
  });

  it("does when calls are taken, refusals of customers among them", () => {
    const calls = [call("pending"), call("rejected", "duplicate_lead"), call("rejected", "customer_refused")];
    expect(healthOf(calls, now)).toEqual({ state: "working", at: "2026-11-22T11:00:00Z" });
  });

  it("does not when half of the calls are wrong", () => {
    const calls = [
      call("rejected", "goal_unknown"),
      call("rejected", "goal_unknown"),
      call("pending"),
      call("pending"),
    ];
    expect(healthOf(calls, now)).toEqual({ state: "refusing", reason: "goal_unknown", refused: 2, of: 4 });
  });

  it("is quiet after a week of nothing", () => {
    expect(healthOf([call("pending", null, "2026-11-12T12:00:00Z")], now)).toEqual({
      state: "quiet",
      at: "2026-11-12T12:00:00Z",
      days: 10,
    });
  });
});

describe("what to call", () => {
  const sale = { goal: "first deposit", currency: "EUR" };

  it("hides a token but for its end", () => {
    expect(masked("pbt_HD81heqI5SeoGbBixoBIig10")).toBe("pbt_••••••••ig10");
  });

  it("leaves in braces what the caller fills", () => {
    expect(postbackAddress("https://go.example/postback", sale, "pbt_x")).toBe(
      "https://go.example/postback?click_id={click_id}&goal=first%20deposit&order_id={order_id}&amount={amount}&currency=EUR&token=pbt_x",
    );
    expect(updateAddress("https://go.example/postback", sale, "pbt_x")).toBe(
      "https://go.example/postback?goal=first%20deposit&order_id={order_id}&status={status}&token=pbt_x",
    );
    expect(tagSnippet("https://go.example", sale).page).toBe(
      '<script async src="https://go.example/t.js"></script>',
    );
  });
});
