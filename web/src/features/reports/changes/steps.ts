import type { Changes, Split } from "./query";

/** One bar of the way from the number before to the number now. */
export interface Step {
  /** The place of the value within its dimension; none of both ends and of the rest. */
  at?: number;
  kind: "before" | "value" | "others" | "now";
  from: number;
  to: number;
}

/** Steps that are drawn one by one; smaller ones are one bar. */
const STEPS_MAX = 7;

/** The way: the number before, each value's effect on top of the one before it, the number now. */
export function stepsOf({ before, now }: Pick<Changes, "before" | "now">, split: Split): Step[] {
  if (before == null || now == null) return [];
  const steps: Step[] = [{ kind: "before", from: 0, to: before }];
  let level = before;
  const moved = split.values
    .map(({ mix, rate }, at) => ({ at, effect: mix + rate }))
    .filter(({ effect }) => effect !== 0)
    .slice(0, STEPS_MAX);
  for (const { at, effect } of moved) {
    steps.push({ kind: "value", at, from: level, to: level + effect });
    level += effect;
  }
  if (level !== now) steps.push({ kind: "others", from: level, to: now });
  steps.push({ kind: "now", from: 0, to: now });
  return steps;
}

/** Where a bar begins and how long it is, in percent of the whole. */
export function placeOf({ from, to }: Step, steps: readonly Step[]): { start: number; length: number } {
  const ends = steps.flatMap((step) => [step.from, step.to]);
  const [least, most] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const span = most - least || 1;
  return { start: ((Math.min(from, to) - least) / span) * 100, length: (Math.abs(to - from) / span) * 100 };
}
