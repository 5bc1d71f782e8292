/** The first sheet of an XLSX workbook as rows of texts. */

const END_OF_DIRECTORY = 0x06054b50;
const ENTRY = 0x02014b50;
const END_BYTES = 22;
const STORED = 0;

type Bytes = Uint8Array<ArrayBuffer>;

/** Texts of the files inside a zip, by their names. */
function filesOf(bytes: Bytes): Map<string, () => Promise<string>> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - END_BYTES;
  while (end >= 0 && view.getUint32(end, true) !== END_OF_DIRECTORY) end -= 1;
  const files = new Map<string, () => Promise<string>>();
  if (end < 0) return files;
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (view.getUint32(at, true) !== ENTRY) break;
    const [method, size] = [view.getUint16(at + 10, true), view.getUint32(at + 20, true)];
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    const local = view.getUint32(at + 42, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + (nameLength ?? 0)));
    const begin = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    files.set(name, () => textOf(bytes.slice(begin, begin + size), method));
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return files;
}

function textOf(packed: Bytes, method: number): Promise<string> {
  const blob = new Blob([packed]);
  if (method === STORED) return blob.text();
  return new Response(blob.stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
}

function parsed(text: string | undefined): Document {
  return new DOMParser().parseFromString(text ?? "<none/>", "application/xml");
}

function named(under: Document | Element, name: string): Element[] {
  return [...under.getElementsByTagNameNS("*", name)];
}

export async function workbookRows(bytes: Bytes, rowsMax: number): Promise<string[][]> {
  const files = filesOf(bytes);
  const read = async (name: string) => parsed(await files.get(name)?.());
  const first = named(await read("xl/workbook.xml"), "sheet")[0];
  const relation = [...(first?.attributes ?? [])].find(({ localName }) => localName === "id")?.value;
  const relations = named(await read("xl/_rels/workbook.xml.rels"), "Relationship");
  const target = relations.find((one) => one.getAttribute("Id") === relation)?.getAttribute("Target");
  const sheet = target ? `xl/${target.replace(/^\/?(xl\/)?/, "")}` : "xl/worksheets/sheet1.xml";
  const shared = named(await read("xl/sharedStrings.xml"), "si").map(spoken);
  return named(await read(sheet), "row")
    .slice(0, rowsMax)
    .map((row) => cellsOf(row, shared));
}

function spoken(inside: Element): string {
  return named(inside, "t")
    .map((text) => text.textContent ?? "")
    .join("");
}

function cellsOf(row: Element, shared: readonly string[]): string[] {
  const cells: string[] = [];
  for (const cell of named(row, "c")) {
    const value = named(cell, "v")[0]?.textContent ?? "";
    const kind = cell.getAttribute("t");
    const text = kind === "inlineStr" ? spoken(cell) : kind === "s" ? shared[Number(value)] : value;
    const place = columnOf(cell.getAttribute("r")) ?? cells.length;
    while (cells.length < place) cells.push("");
    cells[place] = (text ?? "").trim();
  }
  return cells;
}

/** The place of a cell such as `AB12` in its row, from 0. */
function columnOf(name: string | null): number | undefined {
  const letters = /^[A-Z]+/.exec(name ?? "")?.[0];
  if (!letters) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
