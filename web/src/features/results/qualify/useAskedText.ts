import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { useFormat } from "~/ui/format";
import { type Condition, isCount } from "./draft";

/** One condition in words: "Deposits of at least 10 EUR". */
export function useAskedText(currency: string): (condition: Condition) => string {
  const { t } = useTranslation("results");
  const word = useWords();
  const { money, number } = useFormat();
  return (condition) => {
    if (condition.kind === "active_on_day") return t("qualify.ask_day", { day: number(condition.day) });
    if (condition.kind === "orders")
      return t("qualify.ask_orders", { count: condition.count, shown: number(condition.count) });
    const { figure, value } = condition;
    return t("qualify.ask_figure", {
      figure: word("result_figure", figure),
      value: isCount(figure) ? number(value) : money({ minor: value, currency }),
    });
  };
}
