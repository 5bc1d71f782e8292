import { useTranslation } from "react-i18next";
import type { Schemas } from "~/api/client";
import { useFormat } from "~/ui/format";

/** A rate in short: "12.5%" or "9.60 EUR". Rates of other forms say that they are. */
export function useRateText(): (effect: Schemas["Effect"] | null | undefined, currency: string) => string {
  const { t } = useTranslation("bump_requests");
  const { money, number } = useFormat();
  return (effect, currency) => {
    if (!effect) return "-";
    if ("percent" in effect)
      return number(Number(effect.percent) / 100, { style: "percent", maximumFractionDigits: 6 });
    if ("minor" in effect) return money({ minor: effect.minor, currency });
    return t("other_form");
  };
}
