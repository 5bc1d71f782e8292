import { useTranslation } from "react-i18next";
import type { CellFault, Column, Fault } from "./cells";

export function useColumnWords(): Record<Column, string> {
  const { t } = useTranslation("plan_editor");
  return {
    country: t("card.country"),
    goal: t("card.goal"),
    traffic: t("card.traffic"),
    group: t("card.group"),
    rate: t("card.rate"),
    revenue: t("card.revenue"),
  };
}

/** What is wrong with a cell, in words. */
export function useFaultText(currency: string): (fault: Fault) => string {
  const { t } = useTranslation("plan_editor");
  return ({ fault, part }) => {
    const words: Record<CellFault, string> = {
      unknown_country: t("fault.unknown_country", { part }),
      unknown_goal: t("fault.unknown_goal", { part }),
      unknown_traffic: t("fault.unknown_traffic", { part }),
      unreadable_rate: t("fault.unreadable_rate", { part }),
      other_currency: t("fault.other_currency", { part, currency }),
      twice: t("fault.twice"),
    };
    return words[fault];
  };
}
