import { describe, expect, it } from "vitest";
import { csvField, rowsToCsv } from "./csv";

describe("csv", () => {
  it("never runs as a formula", () => {
    expect(csvField("=1+1")).toBe("'=1+1");
    expect(csvField("@SUM(A1)")).toBe("'@SUM(A1)");
    expect(csvField("\t=1")).toBe('"\'\t=1"');
    expect(csvField("-cmd")).toBe("'-cmd");
    expect(csvField("-12.50")).toBe("-12.50");
    expect(csvField(-5)).toBe("-5");
  });

  it("quotes what would break a line", () => {
    expect(csvField('a "b", c')).toBe('"a ""b"", c"');
    expect(csvField(null)).toBe("");
  });

  it("gives the columns that are worth something, with their heads", () => {
    const columns = [
      {
        id: "name",
        header: "Name",
        cell: () => null,
        value: (row: { name: string; sum: number }) => row.name,
      },
      { id: "menu", header: "", cell: () => null },
      { id: "sum", header: "Sum", cell: () => null, value: () => 1, csv: (row: { sum: number }) => row.sum },
    ];
    expect(rowsToCsv(columns, [{ name: "Ada", sum: 3 }])).toBe("Name,Sum\r\nAda,3");
  });
});
