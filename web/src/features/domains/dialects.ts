import type { Schemas } from "~/api/client";

export type DialectName = Schemas["DialectName"];

/** The platforms whose links and postbacks a domain can speak. */
export const DIALECTS = [
  "tune",
  "everflow",
  "affise",
  "keitaro",
  "awin",
] as const satisfies readonly DialectName[];

/** Platforms whose senders prove themselves by a token; Awin has none. */
export const WITH_TOKEN = DIALECTS.filter((dialect) => dialect !== "awin");

/** What other systems call one thing, as rows of a form; a row without either half is left out. */
export interface RefRow {
  system: string;
  value: string;
}

export function rowsOf(refs: Readonly<Record<string, string>> | null | undefined): RefRow[] {
  return Object.entries(refs ?? {}).map(([system, value]) => ({ system, value }));
}

export function refsOf(rows: readonly RefRow[]): Record<string, string> {
  const whole = rows.map(({ system, value }) => [system.trim().toLowerCase(), value.trim()] as const);
  return Object.fromEntries(whole.filter(([system, value]) => system !== "" && value !== ""));
}
