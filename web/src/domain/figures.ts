import type { Schemas } from "~/api/client";
import { type Format, NOTHING, useFormat } from "~/ui/format";

export type Unit = Schemas["Unit"];

function figure(format: Format, unit: Unit, value: unknown, currency: string): string {
  if (typeof value !== "number") return NOTHING;
  if (unit === "minor") return format.money({ minor: value, currency });
  if (unit === "micros") return format.moneyMicros({ micros: value, currency });
  return unit === "ratio" ? format.percent(value) : format.number(value);
}

/** A metric's value as text, by the metric's unit; amounts are in `currency`. */
export function useFigures(currency: string): (unit: Unit, value: unknown) => string {
  const format = useFormat();
  return (unit, value) => figure(format, unit, value, currency);
}

/** The same where each figure has a currency of its own, if any. */
export function useFiguresOf(): (unit: Unit, value: unknown, currency: string | null | undefined) => string {
  const format = useFormat();
  return (unit, value, currency) => figure(format, unit, value, currency ?? "");
}

/** The same for the axis of a chart: short words, without minor units. */
export function useAxisFigures(currency: string): (unit: Unit, value: number) => string {
  const format = useFormat();
  return (unit, value) => {
    if (unit === "minor") return format.money({ minor: value, currency }, { compact: true });
    return unit === "count" ? format.compactNumber(value) : figure(format, unit, value, currency);
  };
}

/** Metrics of which less is better, and those of which neither is. */
const GOOD_WHEN_DOWN = [
  "cpa",
  "bonuses",
  "placement_costs",
  "fees",
  "other_costs",
  "programme_costs",
  "ecpa",
  "rejected",
  "reversed",
  "trash_share",
  "invalid_clicks",
  "duplicate_clicks",
];
const GOOD_NEITHER_WAY = ["payout", "gross_clicks", "pending"];

export function goodWhen(metric: string): "up" | "down" | "none" {
  if (GOOD_WHEN_DOWN.includes(metric)) return "down";
  return GOOD_NEITHER_WAY.includes(metric) ? "none" : "up";
}
