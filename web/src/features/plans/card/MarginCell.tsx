import { useTranslation } from "react-i18next";
import { NOTHING, useFormat } from "~/ui/format";
import type { Price } from "../shapes";
import classes from "./card.module.css";
import { type Margin, marginOf } from "./margin";

interface Props {
  rate: Price | null;
  revenue: Price | null;
  currency: string;
}

/** What is left of a line's revenue, worked out while it is typed. */
export function MarginCell({ rate, revenue, currency }: Props) {
  const { t } = useTranslation("plan_editor");
  const format = useFormat();
  const margin = marginOf(rate, revenue, currency);
  if (!margin) return NOTHING;
  const kept = margin.kind === "percent" ? margin.percent : margin.minor;
  const share = margin.ratio === undefined ? "" : ` (${format.percent(margin.ratio)})`;
  return (
    <span className={classes.kept} data-loss={kept < 0 || undefined}>
      {keptText(margin)}
      {share}
      {kept < 0 && <span className={classes.finding}>{t("card.loss")}</span>}
    </span>
  );

  function keptText(told: Margin): string {
    if (told.kind === "percent") {
      const points = format.number(told.percent / 100, { style: "percent", maximumFractionDigits: 6 });
      return t("card.margin_percent", { points });
    }
    const amount = format.money({ minor: told.minor, currency });
    if (told.kind === "minor") return amount;
    const sale = format.money({ minor: told.saleMinor, currency });
    return t("card.margin_example", { amount, sale });
  }
}
