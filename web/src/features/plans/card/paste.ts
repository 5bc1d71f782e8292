/** A spreadsheet's cells, pasted into the grid. */
import { type CardRow, COLUMNS, type Column, folded } from "./cells";

/** Texts as rows of cells: by tabs where there are any, else by semicolons, else by commas; quotes as in CSV. */
export function cellsOf(text: string): string[][] {
  const delimiter = text.includes("\t") ? "\t" : text.includes(";") ? ";" : ",";
  const rows: string[][] = [[]];
  let cell = "";
  let isQuoted = false;
  const endCell = () => {
    rows.at(-1)?.push(cell.trim());
    cell = "";
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (text.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (sign === '"' && cell.trim() === "") {
      cell = "";
      isQuoted = true;
    } else if (sign === delimiter) endCell();
    else if (sign === "\n") {
      endCell();
      rows.push([]);
    } else if (sign !== "\r") cell += sign;
  }
  endCell();
  return rows.filter((cells) => cells.some((each) => each !== ""));
}

/** A single cell may list a few countries with commas; a line of a table has more. */
const CELLS_OF_A_LINE = 5;

/** Whether a pasted text is more than one cell. */
export function isGrid(text: string): boolean {
  const cells = cellsOf(text);
  return text.includes("\t") || cells.length > 1 || (cells[0]?.length ?? 0) >= CELLS_OF_A_LINE;
}

export type Head = Column | "margin";

/** What a spreadsheet may call the columns; a name of another language is as good. */
const HEADS: Record<Head, readonly string[]> = {
  country: ["country", "countries", "geo", "страна", "страны", "гео", "kraj", "kraje"],
  goal: ["goal", "event", "action", "цель", "cel"],
  traffic: [
    "traffic",
    "traffic type",
    "source type",
    "трафик",
    "тип трафика",
    "ruch",
    "typ ruchu",
    "rodzaj ruchu",
  ],
  group: ["group", "partner group", "группа", "grupa"],
  rate: ["rate", "payout", "earnings", "ставка", "выплата", "stawka", "prowizja"],
  revenue: ["revenue", "charge", "доход", "przychód"],
  margin: ["margin", "profit", "маржа", "прибыль", "marża", "zysk"],
};

function headOf(cell: string): Head | undefined {
  const wanted = folded(cell);
  return (Object.keys(HEADS) as Head[]).find((head) => HEADS[head].includes(wanted));
}

/** The columns by name, where the first row holds names and no values. */
function headsOf(cells: readonly string[] | undefined): (Head | undefined)[] | undefined {
  const heads = (cells ?? []).map(headOf);
  return heads.filter((head) => head !== undefined).length >= 2 ? heads : undefined;
}

export interface Pasted {
  rows: CardRow[];
  /** How many lines the text had, without its heads. */
  lines: number;
  /** Texts that found no column, by line: shown, so that nothing is lost. */
  left: { line: number; text: string }[];
}

/** The grid with the text put in from one cell on; lines that are missing are added. */
export function pasteAt(
  rows: readonly CardRow[],
  place: { row: number; column: Column },
  text: string,
  newRow: () => CardRow,
): Pasted {
  const cells = cellsOf(text);
  const heads = headsOf(cells[0]);
  const lines = heads ? cells.slice(1) : cells;
  const first = COLUMNS.indexOf(place.column);
  const columnAt = (index: number): Head | undefined => {
    if (heads) return heads[index];
    const at = first + index;
    return at === COLUMNS.length ? "margin" : COLUMNS[at];
  };
  const filled = [...rows];
  const left: Pasted["left"] = [];
  lines.forEach((line, index) => {
    const at = place.row + index;
    while (filled.length <= at) filled.push(newRow());
    const row = { ...(filled[at] as CardRow) };
    line.forEach((cell, place) => {
      const column = columnAt(place);
      if (column === undefined && cell !== "") left.push({ line: at + 1, text: cell });
      if (column !== undefined && column !== "margin") row[column] = cell;
    });
    filled[at] = row;
  });
  return { rows: filled, lines: lines.length, left };
}
