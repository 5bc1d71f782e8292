import { expect, it } from "vitest";
import { figureOf, shownFigure } from "./typed";

it("keeps a figure as it is typed, sign by sign", () => {
  let value: number | null = null;
  const shown = ["1", "12", "12.", "12.5", "12.50"].map((typed) => {
    value = figureOf(typed);
    return shownFigure(typed, value);
  });
  expect(shown).toEqual(["1", "12", "12.", "12.5", "12.50"]);
  expect(value).toBe(12.5);
});

it("shows the value where something else set it", () => {
  expect(shownFigure("12.50", 7)).toBe(7);
  expect(shownFigure("12.50", null)).toBe("");
  expect(shownFigure("-", null)).toBe("-");
  expect(figureOf("-")).toBeNull();
});
