import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { useFormat } from "~/ui/format";
import type { Attribution } from "./query";
import type { CreditBy, Shown } from "./state";

/** How visitors came without a click. */
const CHANNEL = "channel:";
/** Everybody who is not told one by one. */
const OTHERS = "other";
const DIGITS = 1;

/** A step of a journey in the person's words, and a model's figure. */
export function useCreditText(report: Attribution | undefined, by: CreditBy, shown: Shown) {
  const { t } = useTranslation("reports");
  const word = useWords();
  const { money, number } = useFormat();
  const name = (key: string): string => {
    if (key === "") return t("attribution.none");
    if (key === OTHERS) return t("attribution.other");
    if (key.startsWith(CHANNEL)) return word("channel", key.slice(CHANNEL.length));
    return by === "channel" ? word("traffic_type", key) : (report?.labels[key] ?? key);
  };
  /** Models that divide a conversion have a digit behind the point in every row. */
  const figure = (value: number | undefined, isWhole = false): string => {
    if (value === undefined) return "-";
    if (shown !== "conversions") return money({ minor: value, currency: report?.currency ?? "EUR" });
    return number(value, { minimumFractionDigits: isWhole ? 0 : DIGITS, maximumFractionDigits: DIGITS });
  };
  return { name, figure };
}
