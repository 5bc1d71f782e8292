import { expect, it } from "vitest";
import { changedWords, withState, wordOf } from "./statusMap";

it("sends only the words that differ", () => {
  const before = { hold: { state: "pending" }, trash: { state: "rejected", reason: "bad_contact" } } as const;
  expect(changedWords(before, { ...before, hold: { state: "pending" } })).toEqual({});
  const after = {
    ...before,
    storno: { state: "reversed", reason: "returned" },
    hold: { state: "approved" },
  } as const;
  expect(changedWords(before, after)).toEqual({ storno: after.storno, hold: after.hold });
});

it("gives a rejecting word a reason and takes it from the others", () => {
  expect(withState({ state: "pending" }, "rejected")).toEqual({
    state: "rejected",
    reason: "advertiser_other",
  });
  expect(withState({ state: "rejected", reason: "underage" }, "reversed")).toEqual({
    state: "reversed",
    reason: "underage",
  });
  expect(withState({ state: "rejected", reason: "underage" }, "approved")).toEqual({ state: "approved" });
});

it("keeps words in lower case", () => {
  expect(wordOf("  Storno ")).toBe("storno");
});
