import { useTranslation } from "react-i18next";
import { useFormat } from "~/ui/format";
import type { BulkAmounts, BulkOutcome, Judgement } from "./model";
import type { Act } from "./rules";

/** Amounts of several currencies, one after the other. */
function useAmounts() {
  const { money } = useFormat();
  return (amounts: readonly BulkAmounts[], of: (amount: BulkAmounts) => number | null | undefined) =>
    amounts.map((amount) => money({ minor: of(amount) ?? 0, currency: amount.currency })).join(" + ") || "0";
}

/** What a judgement does, to how many, and how much of whose money: from the API's own trial of it. */
export function usePreviewText(): (act: Act, outcome: BulkOutcome, isAdvertiser: boolean) => string {
  const { t } = useTranslation("conversions");
  const { number } = useFormat();
  const amounts = useAmounts();
  return (act, outcome, isAdvertiser) => {
    const said = (count: number) => ({ count, shown: number(count) });
    const conversions = t("counted.conversions", said(outcome.moved));
    if (isAdvertiser) {
      const amount = amounts(outcome.amounts, (each) => each.revenue_minor);
      if (act === "approve") return t("preview.advertiser_approve", { conversions, amount });
      if (act === "reinstate") return t("preview.advertiser_reinstate", { conversions, amount });
      if (act === "refund") return t("preview.advertiser_refund", { amount });
      if (act === "reverse") return t("preview.advertiser_reverse", { conversions, amount });
      return t("preview.advertiser_reject", { conversions, amount });
    }
    const amount = amounts(outcome.amounts, (each) => each.payout_minor);
    const from = t("counted.from_partners", said(outcome.partners));
    const to = t("counted.to_partners", said(outcome.partners));
    if (act === "approve") return t("preview.approve", { conversions, amount, to });
    if (act === "reinstate") return t("preview.reinstate", { conversions, amount, to });
    if (act === "refund") return t("preview.refund", { amount, from });
    if (act === "reverse") return t("preview.reverse", { conversions, amount, from });
    return t("preview.reject", { conversions, amount, from });
  };
}

/** What happened, after the fact. */
export function useDoneText(): (act: Act, moved: number) => string {
  const { t } = useTranslation("conversions");
  const { number } = useFormat();
  return (act, moved) => {
    const said = { count: moved, shown: number(moved) };
    if (act === "approve") return t("done.approve", said);
    if (act === "reject") return t("done.reject", said);
    if (act === "reinstate") return t("done.reinstate", said);
    if (act === "refund") return t("done.refund", said);
    return t("done.reverse", said);
  };
}

/** The act as a verb on a button. */
export function useActWords(): (act: Act) => string {
  const { t } = useTranslation("conversions");
  return (act) => {
    if (act === "approve") return t("act.approve");
    if (act === "reject") return t("act.reject");
    if (act === "reinstate") return t("act.reinstate");
    if (act === "refund") return t("act.refund");
    return t("act.reverse");
  };
}

/** A part is taken back through the same door as the whole. */
export function judgementOf(act: Act): Judgement {
  return act === "refund" ? "reverse" : act;
}
