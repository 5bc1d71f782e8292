import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/ui/format";
import type { Payout } from "./model";

/** What was taken from a payout before it was sent, each part named; empty where nothing was. */
export function useTakenText(): (payout: Payout) => string {
  const { t } = useTranslation("payouts");
  const { money } = useFormat();
  return useCallback(
    ({ withheld, early_fee, fee, fee_bearer }) => {
      const parts: string[] = [];
      if (withheld.minor > 0) parts.push(t("taken.withheld", { amount: money(withheld) }));
      if (early_fee.minor > 0) parts.push(t("taken.early", { amount: money(early_fee) }));
      if (fee.minor > 0 && fee_bearer === "partner") parts.push(t("taken.fee", { amount: money(fee) }));
      return parts.join(", ");
    },
    [t, money],
  );
}
