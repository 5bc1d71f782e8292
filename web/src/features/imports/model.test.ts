import { expect, test } from "vitest";
import { tidy, wordRows } from "./model";

test("what is empty is left out of a mapping", () => {
  const typed = {
    columns: { id: "Offer.id", name: "" },
    constants: { currency: " ", goal: "sale" },
    words: { status: { sleeping: "paused", on: "" }, side: {} },
  };
  expect(tidy(typed)).toEqual({
    columns: { id: "Offer.id" },
    constants: { goal: "sale" },
    words: { status: { sleeping: "paused" } },
  });
  expect(wordRows(typed, "status")[0]).toEqual({ theirs: "sleeping", ours: "paused" });
  expect(wordRows(typed, "language")).toEqual([]);
});
