import { describe, expect, it } from "vitest";
import { keyMove } from "./keys";
import { ariaSort, cardColumns, compareValues, nextSort } from "./sort";

const name = { id: "name", header: "Name", cell: () => null, sortable: true };
const sum = { ...name, id: "sum", align: "end" as const };

describe("order", () => {
  it("goes by size, and by the alphabet of the language", () => {
    expect(compareValues(2, 10, "en")).toBeLessThan(0);
    expect(compareValues("item 2", "item 10", "en")).toBeLessThan(0);
    expect(["ł", "m", "l"].sort((a, b) => compareValues(a, b, "pl"))).toEqual(["l", "ł", "m"]);
    expect(["ж", "ё", "д"].sort((a, b) => compareValues(a, b, "ru"))).toEqual(["д", "ё", "ж"]);
  });

  it("turns with each press: one way, the other, none", () => {
    const first = nextSort(name, null);
    expect(first).toEqual({ id: "name", desc: false });
    expect(nextSort(name, first)).toEqual({ id: "name", desc: true });
    expect(nextSort(name, { id: "name", desc: true })).toBeNull();
    expect(nextSort(sum, first)).toEqual({ id: "sum", desc: true });
  });

  it("is told to screen readers", () => {
    expect(ariaSort("sum", { id: "sum", desc: true })).toBe("descending");
    expect(ariaSort("name", { id: "sum", desc: true })).toBe("none");
  });
});

describe("rows", () => {
  it("are moved through by keys and never left", () => {
    expect(keyMove("j", 0, 5)).toBe(1);
    expect(keyMove("k", 0, 5)).toBe(0);
    expect(keyMove("End", 0, 5)).toBe(4);
    expect(keyMove("a", 0, 5)).toBeNull();
  });

  it("show four fields on a card", () => {
    const columns = [
      name,
      { ...sum, onCard: 2 as const },
      { ...name, id: "state", onCard: 1 as const },
      { ...name, id: "x" },
    ];
    expect(cardColumns(columns).map((column) => column.id)).toEqual(["state", "sum"]);
    expect(cardColumns([name, sum, name, name, sum])).toHaveLength(4);
  });
});
