import { describe, expect, it } from "vitest";
import { cellsOf, isGrid, pasteAt } from "./paste";
import { line } from "./testing";

let made = 0;
const newRow = () => {
  made += 1;
  return line(`new${made}`);
};

describe("a pasted text", () => {
  it("has cells by tabs, semicolons or commas, and quotes as in CSV", () => {
    expect(cellsOf("DE\tsale\t\t12,5%\r\nAT\tsale")).toEqual([
      ["DE", "sale", "", "12,5%"],
      ["AT", "sale"],
    ]);
    expect(cellsOf("DE;sale;12,5%")).toEqual([["DE", "sale", "12,5%"]]);
    expect(cellsOf('"DE, AT",sale,"a ""b"""\n\n')).toEqual([["DE, AT", "sale", 'a "b"']]);
  });

  it("is a table only where it is more than one cell", () => {
    expect(isGrid("12,5%")).toBe(false);
    expect(isGrid("DE, AT, CH, PL")).toBe(false);
    expect(isGrid("DE\tsale")).toBe(true);
    expect(isGrid("DE\nAT")).toBe(true);
    expect(isGrid("DE,sale,seo,gold,12%,15%")).toBe(true);
  });
});

describe("pasting", () => {
  const rows = [line("1", { country: "PL", group: "kept" })];

  it("fills the grid from the cell on, adds lines and leaves the other cells as they are", () => {
    const pasted = pasteAt(rows, { row: 0, column: "country" }, "DE\tsale\nAT\tsale\t", newRow);
    expect(pasted.rows.map(({ country, goal, group }) => [country, goal, group])).toEqual([
      ["DE", "sale", "kept"],
      ["AT", "sale", ""],
    ]);
    expect(pasted.lines).toBe(2);
    expect(pasted.left).toEqual([]);
  });

  it("starts where one pastes", () => {
    const pasted = pasteAt(rows, { row: 0, column: "rate" }, "12%\t15%\n10%\t12%", newRow);
    expect(pasted.rows.map(({ country, rate, revenue }) => [country, rate, revenue])).toEqual([
      ["PL", "12%", "15%"],
      ["", "10%", "12%"],
    ]);
  });

  it("reads columns by their names in any order, and works the margin out itself", () => {
    const text = "Payout\tGEO\tMargin\tRevenue\tManager\n12%\tDE\t3%\t15%\tAnna";
    const pasted = pasteAt([], { row: 0, column: "country" }, text, newRow);
    expect(pasted.rows).toHaveLength(1);
    expect(pasted.rows[0]).toMatchObject({ country: "DE", rate: "12%", revenue: "15%" });
    expect(pasted.left).toEqual([{ line: 1, text: "Anna" }]);
    const russian = pasteAt([], { row: 0, column: "country" }, "Гео\tСтавка\nDE\t9,60", newRow);
    expect(russian.rows[0]).toMatchObject({ country: "DE", rate: "9,60" });
  });

  it("loses nothing: what finds no column is told with its line", () => {
    const pasted = pasteAt([], { row: 0, column: "country" }, "DE\t\t\t\t1\t2\t1\tnote\tmore", newRow);
    expect(pasted.left).toEqual([
      { line: 1, text: "note" },
      { line: 1, text: "more" },
    ]);
  });
});
