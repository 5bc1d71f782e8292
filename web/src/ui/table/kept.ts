/** What the person set on a table, kept in this browser. */
export interface KeptLayout {
  visibility: Record<string, boolean>;
  widths: Record<string, number>;
}

const EMPTY: KeptLayout = { visibility: {}, widths: {} };
const keyOf = (name: string) => `tributary.table.${name}`;

/** Storage may be shut or hold another version's shape; then the table starts as it was made. */
export function readLayout(name: string | undefined): KeptLayout {
  if (!name) return EMPTY;
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(name)) ?? "{}") as Partial<KeptLayout>;
    return { visibility: kept.visibility ?? {}, widths: kept.widths ?? {} };
  } catch {
    return EMPTY;
  }
}

export function keepLayout(name: string | undefined, layout: KeptLayout): void {
  if (!name) return;
  try {
    localStorage.setItem(keyOf(name), JSON.stringify(layout));
  } catch {
    // Full or shut storage: the choice lives as long as the page.
  }
}
