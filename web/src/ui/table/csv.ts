import type { CellValue, Column } from "./types";

/** A spreadsheet runs text that begins like this; an apostrophe before it makes it text again. */
const RUNS = /^[=+\-@\t\r\n]/;
const NUMBER = /^-?\d+([.,]\d+)?$/;

/** One field of a CSV, quoted where needed and never a formula. */
export function csvField(value: CellValue): string {
  if (value == null) return "";
  const text = String(value);
  const safe = typeof value === "string" && RUNS.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\n\r;\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function toCsv(table: ReadonlyArray<readonly CellValue[]>): string {
  return table.map((line) => line.map(csvField).join(",")).join("\r\n");
}

/** Rows as they are seen: these columns, in this order, with their heads. */
export function rowsToCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const told = columns.flatMap((column) => {
    const worth = column.csv ?? column.value;
    return worth ? [{ header: column.header, worth }] : [];
  });
  return toCsv([
    told.map((column) => column.header),
    ...rows.map((row) => told.map((column) => column.worth(row))),
  ]);
}

/** Gives the person a file. The mark at the start tells spreadsheets that the text is UTF-8. */
export function downloadText(name: string, text: string, type = "text/csv"): void {
  downloadBlob(name, new Blob(["\ufeff", text], { type: `${type};charset=utf-8` }));
}

export function downloadBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
