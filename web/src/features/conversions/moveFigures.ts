import { useTranslation } from "react-i18next";
import { useMe, workplaceOf } from "~/domain/person";
import { type MoneyValue, useFormat } from "~/ui/format";
import type { Move } from "./model";

type Figure = "sale" | "refunded" | "revenue" | "payout";
const FIGURES: readonly Figure[] = ["sale", "refunded", "payout", "revenue"];

export interface FigureChange {
  figure: Figure;
  before: MoneyValue;
  after: MoneyValue;
}

/** Amounts that the move changed, as far as the reader may see them. */
export function changesOf(move: Pick<Move, "before" | "after">): FigureChange[] {
  return FIGURES.flatMap((figure) => {
    const [before, after] = [move.before[figure], move.after[figure]];
    return before && after && before.minor !== after.minor ? [{ figure, before, after }] : [];
  });
}

/** What a move did to the amounts, in words. */
export function useMoveFigures(): (move: Move) => string[] {
  const { t } = useTranslation("conversions");
  const { money } = useFormat();
  const isAdvertiser = workplaceOf(useMe().role) === "advertiser";
  const label = (figure: Figure): string => {
    if (figure === "sale") return t("column.sale");
    if (figure === "refunded") return t("column.refunded");
    if (figure === "payout") return t("column.earnings");
    return isAdvertiser ? t("column.charged") : t("column.revenue");
  };
  return (move) =>
    changesOf(move).map(({ figure, before, after }) =>
      before.minor === 0
        ? t("history.amount", { label: label(figure), after: money(after) })
        : t("history.amount_from", { label: label(figure), before: money(before), after: money(after) }),
    );
}
