export type Words = Record<string, unknown>;

/** Files by their paths as namespaces by their names: a file is a namespace. */
export function namespaces(files: Record<string, Words>): Record<string, Words> {
  return Object.fromEntries(
    Object.entries(files).map(([path, words]) => [path.slice("./".length, -".json".length), words]),
  );
}
