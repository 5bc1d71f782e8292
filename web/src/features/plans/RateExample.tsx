import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { useFormat } from "~/ui/format";
import { effectOf, exampleOf, isPlain, type RateDraft } from "./effect";
import type { PaidGoal } from "./payoutWords";
import classes from "./plans.module.css";

interface Props {
  goal: PaidGoal;
  payout: RateDraft;
  revenue: RateDraft;
  currency: string;
}

/** What one conversion pays, is charged and leaves, while the rates are typed. */
export function RateExample({ goal, payout, revenue, currency }: Props) {
  const { t } = useTranslation("plans");
  const { money, percent } = useFormat();
  const word = useWords();
  const effects = [effectOf(payout, currency), effectOf(revenue, currency)];
  if (effects.includes(undefined))
    return <output className={classes.example}>{t("example.incomplete")}</output>;
  if (!effects.every(isPlain)) return <output className={classes.example}>{t("example.by_rules")}</output>;
  const example = exampleOf(effects[0], effects[1], currency);
  const amount = (minor: number) => money({ minor, currency });
  const name = goal.kind === "custom" ? goal.name : word("goal_kind", goal.kind);
  const kept = amount(Math.abs(example.profitMinor));
  const isLoss = example.profitMinor < 0;
  return (
    <output className={classes.example} data-loss={isLoss || undefined} aria-label={t("example.title")}>
      <b className={classes.exampleOf}>
        {example.saleMinor === undefined
          ? name
          : t("example.of_amount", { goal: name, amount: amount(example.saleMinor) })}
      </b>
      <Part words={t("example.pays")} figure={amount(example.payoutMinor)} strong />
      <Part words={t("example.charged")} figure={amount(example.revenueMinor)} />
      <Part
        words={isLoss ? t("example.lost") : t("example.kept")}
        figure={
          example.margin === undefined || isLoss
            ? kept
            : t("example.margin", { amount: kept, margin: percent(example.margin) })
        }
      />
      {isLoss && <span className={classes.warning}>{t("example.loss")}</span>}
    </output>
  );
}

function Part({ words, figure, strong }: { words: string; figure: string; strong?: boolean }) {
  return (
    <span className={classes.part}>
      {words} <span className={strong ? `figures ${classes.strong}` : "figures"}>{figure}</span>
    </span>
  );
}
