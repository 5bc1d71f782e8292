import { useTranslation } from "react-i18next";
import { useFigures } from "~/domain/figures";
import { useFormat } from "~/ui/format";
import { useDimensionText } from "../report/useDimensionText";
import type { Changes } from "./query";

/** Ratios come in millionths. */
const MILLION = 1_000_000;
const POINTS = { signDisplay: "exceptZero", maximumFractionDigits: 2 } as const;

/** Numbers and values of a change in the person's words. */
export function useChangeText(changes: Changes | undefined): {
  figure: (value: number | null | undefined) => string;
  /** With its sign; of ratios in percentage points. */
  effect: (value: number) => string;
  name: (dimension: string, value: unknown) => string;
} {
  const { t } = useTranslation("changes");
  const figures = useFigures(changes?.currency ?? "EUR");
  const { number } = useFormat();
  const name = useDimensionText((changes?.labels as Record<string, string>) ?? {});
  const unit = changes?.unit ?? "count";
  const figure = (value: number | null | undefined) =>
    figures(unit, unit === "ratio" && value != null ? value / MILLION : value);
  const effect = (value: number) => {
    if (unit === "ratio") return t("points", { number: number((value / MILLION) * 100, POINTS) });
    if (value === 0) return figure(0);
    return `${value > 0 ? "+" : "\u2212"}${figure(Math.abs(value))}`;
  };
  return { figure, effect, name };
}
