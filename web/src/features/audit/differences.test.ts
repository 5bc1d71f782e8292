import { expect, it } from "vitest";
import { differences } from "./differences";

it("tells only what changed", () => {
  const before = { name: "Spring", state: "active", tags: ["seo"], fallback_url: null };
  const after = { name: "Spring", state: "paused", tags: ["seo", "top"], fallback_url: "" };
  expect(differences(before, after)).toEqual([
    { field: "state", before: "active", after: "paused" },
    { field: "tags", before: ["seo"], after: ["seo", "top"] },
  ]);
});

it("tells all that is known of what was made or ended", () => {
  expect(differences(null, { name: "Spring", description: null })).toEqual([
    { field: "name", before: undefined, after: "Spring" },
  ]);
  expect(differences({ role: "analyst" }, null)).toEqual([
    { field: "role", before: "analyst", after: undefined },
  ]);
  expect(differences(null, null)).toEqual([]);
});

it("looks into what lies within", () => {
  expect(differences({ payout: { percent: "10" } }, { payout: { percent: "12" } })).toEqual([
    { field: "payout.percent", before: "10", after: "12" },
  ]);
  expect(differences({ payout: { percent: "10" } }, { payout: { minor: 1250 } })).toEqual([
    { field: "payout.percent", before: "10", after: undefined },
    { field: "payout.minor", before: undefined, after: 1250 },
  ]);
});

it("takes a zero and a no for something", () => {
  expect(
    differences({ hold_days: 14, many_per_click: true }, { hold_days: 0, many_per_click: false }),
  ).toHaveLength(2);
});
