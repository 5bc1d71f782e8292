import { useTranslation } from "react-i18next";
import { useFormat } from "~/ui/format";
import { byStrength } from "../conditions";
import type { Sides } from "../shapes";
import type { Finding } from "./api";

/** What the linter found, with the other rules that matter to it as the rule editor numbers them. */
export function useFindingText(sides: Sides): (finding: Finding) => string {
  const { t } = useTranslation("plan_editor");
  const { number, language } = useFormat();
  return ({ kind, side, rule_ids, message }) => {
    const order = byStrength(sides[side]).map(({ id }) => id);
    const named = rule_ids.slice(1).map((id) => {
      const place = order.indexOf(id);
      return place < 0 ? t("finding.another") : t("finding.rule", { number: number(place + 1) });
    });
    const others = new Intl.ListFormat(language).format(named.length > 0 ? named : [t("finding.another")]);
    if (kind === "never_wins") return t("finding.never_wins", { others });
    if (kind === "overlap") return t("finding.overlap", { others });
    if (kind === "below_margin_floor") return t("finding.below_margin_floor");
    if (kind === "loses_money") return t("finding.loses_money");
    return kind === "unknown_name" ? t("finding.unknown_name") : message;
  };
}
