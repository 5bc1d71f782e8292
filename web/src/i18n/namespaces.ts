export type Words = Record<string, unknown>;

/**
 * Files by their paths as namespaces by their names: `./offers.json` is the namespace `offers`, and `./words.later.json`
 * what the namespace `words` has beside what the first page says.
 */
export function namespaces(files: Record<string, Words>): Record<string, Words> {
  return Object.fromEntries(
    Object.entries(files).map(([path, words]) => [path.split(/[./]+/)[1] ?? path, words]),
  );
}
