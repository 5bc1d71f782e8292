import { expect, it } from "vitest";
import { changesOf } from "./changes";

it("tells the fields that differ", () => {
  const changes = changesOf(
    { name: "Tents", hold_days: 14, tags: ["a"] },
    { name: "Tents", hold_days: 7, tags: ["a", "b"] },
  );
  expect(changes).toEqual([
    { field: "hold_days", before: 14, after: 7 },
    { field: "tags", before: ["a"], after: ["a", "b"] },
  ]);
});

it("reads a side that is absent, and leaves out what is empty on both", () => {
  expect(changesOf(null, { name: "Tents", fallback_url: null })).toEqual([
    { field: "name", before: null, after: "Tents" },
  ]);
  expect(changesOf(undefined, undefined)).toEqual([]);
});

it("takes nothing for unchanged where the log keeps what was asked", () => {
  const [before, after] = [{ name: "sale" }, { name: null, payout: { percent: "12" } }];
  const changes = changesOf(before, after, "offer.goal_updated");
  expect(changes).toEqual([{ field: "payout", before: null, after: { percent: "12" } }]);
});
