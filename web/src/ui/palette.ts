/** Series of a chart in the order they are given out; a seventh belongs to "other". */
export const SERIES_COLOURS = [
  "var(--ui-series-1)",
  "var(--ui-series-2)",
  "var(--ui-series-3)",
  "var(--ui-series-4)",
  "var(--ui-series-5)",
  "var(--ui-series-6)",
] as const;

export const MAX_SERIES = SERIES_COLOURS.length;

export function seriesColour(index: number): string {
  return SERIES_COLOURS[index % MAX_SERIES] ?? SERIES_COLOURS[0];
}

export const GRID_COLOUR = "var(--ui-grid)";
export const AXIS_COLOUR = "var(--ui-axis)";
export const UP_COLOUR = "var(--ui-up)";
export const DOWN_COLOUR = "var(--ui-down)";

/** What a state feels like; which state has which tone is for `domain` to say. */
export type Tone = "pending" | "good" | "locked" | "paid" | "frozen" | "neutral" | "bad" | "test";

export function toneColours(tone: Tone): { background: string; color: string } {
  return { background: `var(--ui-${tone}-bg)`, color: `var(--ui-${tone}-fg)` };
}
