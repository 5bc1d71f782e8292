import { expect, test } from "vitest";
import { minorOf } from "./model";

test.each([
  ["120.83", 2, 12_083],
  ["120,8", 2, 12_080],
  ["1 000", 0, 1_000],
  ["-7", 0, -7],
  ["0.5", 0, undefined],
  ["1.005", 2, undefined],
  ["", 2, undefined],
  ["-", 2, undefined],
])("%s in units of %i decimals is %s smallest parts", (text, decimals, minor) => {
  expect(minorOf(text, decimals)).toBe(minor);
});
