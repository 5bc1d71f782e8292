/** The browser's own time zone; UTC where it hides it. */
export function guessTimezone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

/** IANA zones to choose from; the current one is among them, even under an older name. */
export function zoneOptions(current: string): { value: string; label: string }[] {
  const names = new Set(["UTC", ...Intl.supportedValuesOf("timeZone")]);
  if (current) names.add(current);
  return [...names].map((value) => ({ value, label: value.replaceAll("_", " ") }));
}
