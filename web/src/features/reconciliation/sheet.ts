/** What stands in a file of figures, read here so that its columns and words can be chosen before it is sent. */
export interface Sheet {
  header: string[];
  rows: string[][];
}

/** Enough rows to know the words of a column; the server reads them all. */
const ROWS_MAX = 5_000;
const CSV_BYTES_MAX = 4 << 20;
const ZIP_START = [0x50, 0x4b, 0x03, 0x04];

/** The header and the first rows of a CSV or XLSX file; nothing where it is neither. */
export async function readSheet(file: Blob): Promise<Sheet | undefined> {
  const start = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  if (!ZIP_START.every((byte, place) => start[place] === byte))
    return sheetOf(csvRows(await file.slice(0, CSV_BYTES_MAX).text()));
  const { workbookRows } = await import("./workbook");
  return sheetOf(await workbookRows(new Uint8Array(await file.arrayBuffer()), ROWS_MAX).catch(() => []));
}

function sheetOf(rows: string[][]): Sheet | undefined {
  const [header, ...rest] = rows.filter((row) => row.some((cell) => cell !== ""));
  return header && { header, rows: rest.slice(0, ROWS_MAX) };
}

/** The mark that stands most often in the first line, as the server chooses it. */
function delimiterOf(text: string): string {
  const [head = ""] = text.split("\n", 1);
  const count = (mark: string) => head.split(mark).length;
  return [",", ";", "\t"].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

export function csvRows(text: string): string[][] {
  const mark = delimiterOf(text);
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let isQuoted = false;
  const endCell = () => {
    row.push(cell.trim());
    cell = "";
  };
  const plain = text.replace(/^\uFEFF/, "");
  for (let place = 0; place < plain.length && rows.length <= ROWS_MAX; place += 1) {
    const letter = plain.charAt(place);
    if (isQuoted && letter === '"' && plain.charAt(place + 1) === '"') {
      cell += '"';
      place += 1;
    } else if (letter === '"' && (isQuoted || cell.trim() === "")) isQuoted = !isQuoted;
    else if (letter === mark && !isQuoted) endCell();
    else if (letter === "\n" && !isQuoted) {
      endCell();
      rows.push(row);
      row = [];
    } else cell += letter;
  }
  if (cell !== "" || row.length > 0) {
    endCell();
    rows.push(row);
  }
  return rows;
}

/** The words of a column in small letters, as a mapping holds them, the commonest first. */
export function wordsOf(sheet: Sheet | undefined, column: string | null | undefined): string[] {
  const place = sheet && column ? placeOf(sheet.header, column) : -1;
  if (!sheet || place < 0) return [];
  const counts = new Map<string, number>();
  for (const row of sheet.rows) {
    const word = row[place]?.trim().toLowerCase();
    if (word) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one).map(([word]) => word);
}

/** Letter case does not count. */
export function placeOf(header: readonly string[], column: string): number {
  const wanted = column.trim().toLowerCase();
  return header.findIndex((name) => name.toLowerCase() === wanted);
}
