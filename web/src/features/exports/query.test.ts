import { expect, test } from "vitest";
import { percentOf } from "./query";

test.each([
  [0, 0, 0],
  [0, 10, 0],
  [999, 1000, 99],
  [1000, 1000, 100],
  [1200, 1000, 100],
])("%i of %i rows are %i percent", (rows_done, rows_total, percent) => {
  expect(percentOf({ rows_done, rows_total })).toBe(percent);
});
