/** What an audit row remembers of a thing: names and values. */
export type Remembered = Readonly<Record<string, unknown>> | null | undefined;

export interface Difference {
  /** Dotted, such as `payout.percent`. */
  field: string;
  before: unknown;
  after: unknown;
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNothing(value: unknown): boolean {
  return value == null || value === "" || (Array.isArray(value) && value.length === 0);
}

function flat(tree: Remembered, above = ""): Map<string, unknown> {
  const leaves = new Map<string, unknown>();
  for (const [name, value] of Object.entries(tree ?? {})) {
    if (!isTree(value)) leaves.set(above + name, value);
    else for (const [inner, leaf] of flat(value, `${above}${name}.`)) leaves.set(inner, leaf);
  }
  return leaves;
}

/** What changed, field by field; of a thing made or ended, all that is known of it. */
export function differences(before: Remembered, after: Remembered): Difference[] {
  const [was, is] = [flat(before), flat(after)];
  const fields = [...new Set([...was.keys(), ...is.keys()])];
  return fields
    .map((field) => ({ field, before: was.get(field), after: is.get(field) }))
    .filter(
      ({ before, after }) =>
        !(isNothing(before) && isNothing(after)) && JSON.stringify(before) !== JSON.stringify(after),
    );
}
