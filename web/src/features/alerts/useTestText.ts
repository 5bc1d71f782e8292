import { useTranslation } from "react-i18next";
import { useMetrics } from "~/domain/metrics";
import { useMe } from "~/domain/person";
import { useDictionary } from "~/domain/report";
import type { Watch } from "./model";
import { useAlertText } from "./useAlertText";

/** When a rule speaks, in words that go on from its metric's name. */
export function useTestText(): (watch: Watch) => string {
  const { t } = useTranslation("alerts");
  const { figure } = useAlertText();
  const metrics = useMetrics();
  const dictionary = useDictionary();
  const currency = useMe().workspace.reporting_currency;
  return ({ metric, test, window_hours }) => {
    const unit = dictionary?.metrics.find(({ name }) => name === metric)?.unit ?? "count";
    const hours = t("test.hours", { count: window_hours });
    switch (test.kind) {
      case "above":
        return t("test.above", { limit: figure(test.limit, unit, currency), hours });
      case "below":
        return t("test.below", { limit: figure(test.limit, unit, currency), hours });
      case "unusual":
        return {
          low: t("test.unusual_low", { hours }),
          high: t("test.unusual_high", { hours }),
          either: t("test.unusual_either", { hours }),
        }[test.side];
      default: {
        const said = { percent: test.per_cent, hours };
        const told = test.kind === "rises" ? t("test.rises", said) : t("test.falls", said);
        return test.unless ? t("test.unless", { told, metric: metrics.name(test.unless) }) : told;
      }
    }
  };
}
