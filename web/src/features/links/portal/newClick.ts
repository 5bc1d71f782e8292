import type { NamedRow } from "~/domain/report";

export interface SeenClick {
  verdict: string;
  reason: string | null;
}

/** What has come between two counts of a link's clicks by verdict and reason; nothing while they are equal. */
export function newClick(before: readonly NamedRow[], after: readonly NamedRow[]): SeenClick | undefined {
  const known = new Map(before.map((row) => [kindOf(row), countOf(row)]));
  const grown = after.find((row) => countOf(row) > (known.get(kindOf(row)) ?? 0));
  if (!grown) return undefined;
  const reason = grown.click_reason;
  return { verdict: String(grown.click_verdict), reason: typeof reason === "string" ? reason : null };
}

function kindOf(row: NamedRow): string {
  return `${String(row.click_verdict)} ${String(row.click_reason)}`;
}

function countOf(row: NamedRow): number {
  return typeof row.gross_clicks === "number" ? row.gross_clicks : 0;
}
