import { MAX_SERIES } from "../palette";

export interface ChartSeries {
  id: string;
  label: string;
  /** One for each time; null where data is missing (a gap, not nought). */
  values: readonly (number | null)[];
  /** The same places of the comparison. */
  comparison?: readonly (number | null)[];
}

const STEPS = [1, 2, 2.5, 5, 10];
const WHOLE_STEPS = [1, 2, 5, 10];

/** Round marks of an axis that begins at nought (or below, where values are below); of whole values, whole ones. */
export function niceTicks(values: readonly (number | null)[], wanted = 4): number[] {
  const known = values.filter((value) => value !== null);
  const top = Math.max(0, ...known);
  const bottom = Math.min(0, ...known);
  if (top === bottom) return [0];
  const rough = (top - bottom) / wanted;
  const areWhole = known.every(Number.isInteger);
  const power = 10 ** Math.max(Math.floor(Math.log10(rough)), areWhole ? 0 : Number.NEGATIVE_INFINITY);
  const steps = areWhole && power === 1 ? WHOLE_STEPS : STEPS;
  const step = power * (steps.find((one) => one * power >= rough) ?? 10);
  const first = Math.floor(bottom / step);
  const last = Math.ceil(top / step);
  return Array.from({ length: last - first + 1 }, (_, mark) =>
    Number(((first + mark) * step).toPrecision(12)),
  );
}

function addUp(a: number | null, b: number | null): number | null {
  if (a === null) return b;
  return b === null ? a : a + b;
}

function sum(series: readonly ChartSeries[], pick: (one: ChartSeries) => readonly (number | null)[]) {
  const length = Math.max(0, ...series.map((one) => pick(one).length));
  return Array.from({ length }, (_, index) =>
    series.reduce<number | null>((total, one) => addUp(total, pick(one)[index] ?? null), null),
  );
}

/** At most six series: the greatest keep their names, the rest become one. */
export function foldSeries(series: readonly ChartSeries[], otherLabel: string): ChartSeries[] {
  if (series.length <= MAX_SERIES) return [...series];
  const weight = (one: ChartSeries) =>
    one.values.reduce<number>((total, value) => total + Math.abs(value ?? 0), 0);
  const byWeight = [...series].sort((a, b) => weight(b) - weight(a));
  const rest = byWeight.slice(MAX_SERIES - 1);
  const other: ChartSeries = { id: "other", label: otherLabel, values: sum(rest, (one) => one.values) };
  if (rest.some((one) => one.comparison)) other.comparison = sum(rest, (one) => one.comparison ?? []);
  return [...byWeight.slice(0, MAX_SERIES - 1), other];
}

/** Heights at which labels stand clear of each other, as near to their own as they can. */
export function spreadLabels(wanted: readonly number[], gap: number, bottom: number): number[] {
  const order = wanted.map((at, index) => ({ at, index })).sort((a, b) => a.at - b.at);
  const placed = wanted.map(() => 0);
  let free = Number.NEGATIVE_INFINITY;
  for (const { at, index } of order) {
    placed[index] = Math.max(at, free);
    free = (placed[index] ?? 0) + gap;
  }
  let limit = bottom;
  for (const { index } of order.reverse()) {
    placed[index] = Math.min(placed[index] ?? 0, limit);
    limit = (placed[index] ?? 0) - gap;
  }
  return placed;
}
