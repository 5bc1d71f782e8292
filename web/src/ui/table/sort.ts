import type { CellValue, Column, Sort } from "./types";

const collators = new Map<string, Intl.Collator>();

function collator(language: string): Intl.Collator {
  const known =
    collators.get(language) ?? new Intl.Collator(language, { numeric: true, sensitivity: "base" });
  collators.set(language, known);
  return known;
}

/** Ascending order of two known values: figures by size, words by the language's alphabet. */
export function compareValues(a: CellValue, b: CellValue, language: string): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return collator(language).compare(String(a), String(b));
}

/** The order after a press on a head: one way, the other way, none. */
export function nextSort<Row>(column: Column<Row>, sort: Sort | null | undefined): Sort | null {
  const descFirst = column.descFirst ?? column.align === "end";
  if (sort?.id !== column.id) return { id: column.id, desc: descFirst };
  return sort.desc === descFirst ? { id: column.id, desc: !descFirst } : null;
}

export function ariaSort(
  columnId: string,
  sort: Sort | null | undefined,
): "ascending" | "descending" | "none" {
  if (sort?.id !== columnId) return "none";
  return sort.desc ? "descending" : "ascending";
}

const FACTS = 4;

/** The three most telling columns: those that say so, else the first ones. */
export function cardColumns<Row>(columns: readonly Column<Row>[]): Column<Row>[] {
  const ranked = columns
    .filter((column) => column.onCard !== undefined)
    .sort((a, b) => (a.onCard ?? 0) - (b.onCard ?? 0));
  return (ranked.length > 0 ? ranked : columns).slice(0, FACTS);
}
