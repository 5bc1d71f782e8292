import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { useFormat } from "~/ui/format";
import type { NextPayout } from "./model";

/** What a batch made now would send, in a sentence or two. */
export function useNextPayoutText(): (next: NextPayout) => string {
  const { t } = useTranslation("payouts");
  const word = useWords();
  const { money, date } = useFormat();
  return (next) => {
    const debt = money(next.debt);
    const hasDebt = next.debt.minor > 0;
    if (next.next_payout.minor > 0) {
      const amount = money(next.next_payout);
      if (next.pay_on && !hasDebt) return t("next.amount_on", { amount, day: date(next.pay_on) });
      return hasDebt ? t("next.amount_after_debt", { amount, debt }) : t("next.amount", { amount });
    }
    if (next.payable.minor <= 0) return hasDebt ? t("next.only_debt", { debt }) : t("next.nothing");
    if (next.payable.minor <= next.debt.minor)
      return t("next.swallowed", { payable: money(next.payable), debt });
    if (!next.reaches_minimum)
      return t("next.below", { payable: money(next.payable), minimum: money(next.minimum) });
    if (next.missing.length > 0) {
      const invoice = next.own_invoice;
      const due = invoice ? money(invoice.due) : "";
      if (next.missing.length === 1 && next.missing[0] === "own_invoice" && invoice)
        return t("next.own_invoice", { due });
      if (next.missing.length === 1 && next.missing[0] === "invoice_differs" && invoice)
        return t("next.invoice_differs", { due, accepted: money(invoice.accepted) });
      const missing = next.missing.map((each) => word("hold_reason", each)).join(", ");
      return t("next.missing", { payable: money(next.payable), missing });
    }
    return t("next.withheld", { payable: money(next.payable) });
  };
}
