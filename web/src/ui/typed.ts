/** What a field of figures holds while it is typed: a number, or text that is not one yet, such as "12." or "12.50". */
export type Typed = number | string;

/** The number that is typed so far; null where there is none. */
export function figureOf(typed: Typed): number | null {
  if (typed === "") return null;
  const figure = Number(typed);
  return Number.isFinite(figure) ? figure : null;
}

/** What the field shows: what was typed, for as long as it means the value. */
export function shownFigure(typed: Typed, value: number | null): Typed {
  return figureOf(typed) === value ? typed : (value ?? "");
}
