import { useTranslation } from "react-i18next";
import { goodWhen } from "./figures";
import { useMe, workplaceOf } from "./person";
import { useWords } from "./words";

type GoodWhen = "up" | "down" | "none";

/** Metrics as the reader means them: what the workspace earns from an advertiser, the advertiser is charged. */
export function useMetrics(): {
  name: (metric: string) => string;
  formula: (metric: string) => string;
  goodWhen: (metric: string) => GoodWhen;
} {
  const { t } = useTranslation("portal");
  const word = useWords();
  const workplace = workplaceOf(useMe().role);
  const isCharged = (metric: string) => workplace === "advertiser" && metric === "revenue";
  return {
    name: (metric) => (isCharged(metric) ? t("metric.charged") : word("metric", metric)),
    formula: (metric) => (isCharged(metric) ? t("metric.charged_formula") : word("metric_formula", metric)),
    goodWhen: (metric) => {
      if (isCharged(metric)) return "none";
      return workplace === "partner" && metric === "payout" ? "up" : goodWhen(metric);
    },
  };
}
