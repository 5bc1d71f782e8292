import { expect, it } from "vitest";
import { newClick } from "./newClick";

const row = (verdict: string, reason: string | null, count: number) => ({
  click_verdict: verdict,
  click_reason: reason,
  gross_clicks: count,
});

it("sees the first click of a link", () => {
  expect(newClick([], [row("valid", null, 1)])).toEqual({ verdict: "valid", reason: null });
});

it("tells which kind has grown", () => {
  const before = [row("valid", null, 4), row("invalid", "bot", 1)];
  expect(newClick(before, before)).toBeUndefined();
  expect(newClick(before, [row("valid", null, 4), row("invalid", "bot", 2)])).toEqual({
    verdict: "invalid",
    reason: "bot",
  });
});
