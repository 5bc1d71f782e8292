import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { useFormat } from "~/ui/format";
import { isMoney, type NamedCap } from "./model";

/** What a cap is called and how its numbers read. */
export function useCapWords() {
  const { t } = useTranslation("caps");
  const word = useWords();
  const { money, number } = useFormat();
  const amount = (cap: NamedCap, value: number) =>
    isMoney(cap.metric) && cap.currency ? money({ minor: value, currency: cap.currency }) : number(value);
  return {
    amount,
    /** Such as "Conversions per day". */
    what: (cap: NamedCap) =>
      t("what", {
        metric: word("cap_metric", cap.metric),
        period: word("cap_period", cap.period).toLocaleLowerCase(),
      }),
    /** On whom it lies, by names. */
    place: (cap: NamedCap) => {
      const names = [cap.goal_id, cap.offer_id, cap.partner_id]
        .flatMap((id) => (id ? [cap.names[id]] : []))
        .filter((name) => name !== undefined);
      if (cap.source_id) names.unshift(cap.source_id);
      if (names.length === 0 && cap.advertiser_id) names.push(cap.names[cap.advertiser_id] ?? "");
      return names.filter(Boolean).join(" · ") || word("cap_scope", "workspace");
    },
    used: (cap: NamedCap) =>
      t("used_of", { used: amount(cap, cap.pacing.used), limit: amount(cap, cap.limit) }),
  };
}
