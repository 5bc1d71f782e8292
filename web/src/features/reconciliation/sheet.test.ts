import { describe, expect, test } from "vitest";
import { guessed, kindOf, lacking, meaningCode, meaningOf, newMapping } from "./mapping";
import { csvRows, readSheet, wordsOf } from "./sheet";

describe("a file of figures", () => {
  test("is taken apart by the mark of its first line, quotes kept together", () => {
    expect(csvRows('Order;Sum\r\n"A;1";"12,00"\n"say ""ok""";3')).toEqual([
      ["Order", "Sum"],
      ["A;1", "12,00"],
      ['say "ok"', "3"],
    ]);
  });

  test("tells its columns and the words in them", async () => {
    const sheet = await readSheet(new Blob(["\uFEFFOrder,State,Sum\nA1,OK,1\n\nA2, ok ,2\nA3,no,3\n"]));
    expect(sheet?.header).toEqual(["Order", "State", "Sum"]);
    expect(wordsOf(sheet, "state")).toEqual(["ok", "no"]);
    expect(wordsOf(sheet, "Word")).toEqual([]);
  });
});

describe("a mapping", () => {
  test("is guessed where nobody has named a column, and tells what the file lacks", () => {
    const sheet = { header: ["Click ID", "Status", "Amount", "Datum"], rows: [] };
    const columns = guessed("rows", { order: "Order no" }, sheet);
    expect(columns).toMatchObject({
      click: "Click ID",
      order: "Order no",
      status: "Status",
      amount: "Amount",
    });
    expect(lacking(columns, sheet)).toEqual(["order"]);
    expect(kindOf({ ...newMapping("EUR", "UTC"), columns })).toBe("rows");
  });

  test("keeps the meaning of a word through the form", () => {
    for (const meaning of ["pending", "test", { rejected: null }, { rejected: "returned" }] as const)
      expect(meaningOf(meaningCode(meaning))).toEqual(meaning);
  });
});
