/** One field that differs, as the audit log remembers it. */
export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
}

function fieldsOf(side: unknown): Record<string, unknown> {
  return typeof side === "object" && side !== null && !Array.isArray(side)
    ? (side as Record<string, unknown>)
    : {};
}

/** Of these the log keeps what was asked, where nothing stands for "as it was". */
const KEEPS_WHAT_WAS_ASKED = "offer.goal_updated";

/** What differs between both sides; a field that was and is empty is none. */
export function changesOf(before: unknown, after: unknown, action?: string): FieldChange[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return names
    .map((field) => ({ field, before: was[field] ?? null, after: is[field] ?? null }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after))
    .filter((change) => action !== KEEPS_WHAT_WAS_ASKED || change.after !== null);
}
