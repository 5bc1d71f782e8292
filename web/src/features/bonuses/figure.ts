import type { TierMetric } from "~/features/plans/shapes";
import type { Format } from "~/ui/format";

/** How far a bonus has come, or has to: a count of conversions, or an amount. */
export function figureText(
  format: Pick<Format, "money" | "number">,
  metric: TierMetric,
  figure: number,
  currency: string,
): string {
  return metric === "conversions" ? format.number(figure) : format.money({ minor: figure, currency });
}
