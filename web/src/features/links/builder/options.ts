interface Option {
  value: string;
  label: string;
}

/** Options with the chosen one among them, though the search may not find it. */
export function withChosen(
  options: readonly Option[],
  chosen: { id: string; name: string } | undefined,
): Option[] {
  if (!chosen || options.some(({ value }) => value === chosen.id)) return [...options];
  return [{ value: chosen.id, label: chosen.name }, ...options];
}
