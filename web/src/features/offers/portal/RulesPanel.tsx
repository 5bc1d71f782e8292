import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { useFormat } from "~/ui/format";
import { KeyValues } from "~/ui/KeyValues";
import { When } from "~/ui/When";
import type { Offer } from "../model";
import { Panel } from "./Panel";

/** What counts: how long after the click, what is a duplicate, until when the offer runs. */
export function RulesPanel({ offer }: { offer: Offer }) {
  const { t } = useTranslation("portal");
  const { number } = useFormat();
  const word = useWords();
  const soonest = offer.click_to_conversion_min_seconds;
  const hours = offer.duplicate_window_hours;
  const items = [
    {
      label: t("rules.window"),
      value: t("rules.window_days", { count: offer.click_to_conversion_max_days }),
    },
    {
      label: t("rules.views"),
      value:
        offer.view_to_conversion_hours > 0
          ? t("rules.views_hours", { count: offer.view_to_conversion_hours })
          : null,
    },
    {
      label: t("rules.soonest"),
      value: soonest > 0 ? t("rules.soonest_after", { count: soonest, seconds: number(soonest) }) : null,
    },
    {
      label: t("rules.duplicates"),
      value: hours > 0 ? t("rules.duplicates_hours", { count: hours }) : t("rules.duplicates_none"),
    },
    {
      label: t("rules.orders"),
      value: offer.many_per_click ? t("rules.orders_many") : t("rules.orders_one"),
    },
    { label: t("rules.pay"), value: word("pay_model", offer.pay_model) },
    { label: t("rules.starts"), value: offer.starts_at ? <When value={offer.starts_at} as="date" /> : null },
    { label: t("rules.ends"), value: offer.ends_at ? <When value={offer.ends_at} as="date" /> : null },
  ].filter(({ value }) => value !== null);
  return (
    <Panel title={t("rules.title")}>
      <KeyValues items={items} />
    </Panel>
  );
}
