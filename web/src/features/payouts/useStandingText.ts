import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Standing } from "./payday";

/** Why a partner is or is not paid now, in words. */
export function useStandingText(): (standing: Standing) => string {
  const { t } = useTranslation("payouts");
  return useCallback(
    (standing) => {
      const words: Record<Standing, string> = {
        paid_now: t("standing.paid_now"),
        payer_missing: t("standing.payer_missing"),
        faulty: t("standing.faulty"),
        withheld: t("standing.withheld"),
        missing: t("standing.missing"),
        below_minimum: t("standing.below_minimum"),
        other_method: t("standing.other_method"),
        debt: t("standing.debt"),
        nothing: t("standing.nothing"),
      };
      return words[standing];
    },
    [t],
  );
}
