import { expect, test } from "vitest";
import { isLate, kindFor } from "./model";

test("what is gone is disputed as rejected, what stands for its price", () => {
  expect(["rejected", "reversed", "approved", "paid"].map(kindFor)).toEqual([
    "rejected",
    "rejected",
    "price",
    "price",
  ]);
});

test("only an open dispute is late", () => {
  const now = Date.parse("2026-11-22T09:00:00Z");
  const due_at = "2026-11-21T23:00:00Z";
  expect(isLate({ state: "open", due_at }, now)).toBe(true);
  expect(isLate({ state: "refused", due_at }, now)).toBe(false);
  expect(isLate({ state: "open", due_at: "2026-11-23T23:00:00Z" }, now)).toBe(false);
});
