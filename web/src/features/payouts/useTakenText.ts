import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { type MoneyValue, useFormat } from "~/ui/format";
import type { Payout } from "./model";

/** What the partner bears of one payout. */
export interface Taken {
  withheld: MoneyValue;
  early_fee?: MoneyValue;
  /** Of its transfer. */
  fee: MoneyValue;
}

export function takenFrom({ withheld, early_fee, fee, fee_bearer }: Payout): Taken {
  return { withheld, early_fee, fee: fee_bearer === "partner" ? fee : { ...fee, minor: 0 } };
}

/** What was taken from a payout before it was sent, each part named; empty where nothing was. */
export function useTakenText(): (taken: Taken) => string {
  const { t } = useTranslation("payouts");
  const { money } = useFormat();
  return useCallback(
    ({ withheld, early_fee, fee }) => {
      const parts: string[] = [];
      if (withheld.minor > 0) parts.push(t("taken.withheld", { amount: money(withheld) }));
      if (early_fee && early_fee.minor > 0) parts.push(t("taken.early", { amount: money(early_fee) }));
      if (fee.minor > 0) parts.push(t("taken.fee", { amount: money(fee) }));
      return parts.join(", ");
    },
    [t, money],
  );
}
