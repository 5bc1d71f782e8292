import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Schemas } from "~/api/client";
import { type Format, useFormat } from "~/ui/format";
import type { Effect } from "./effect";

type GoalKind = Schemas["GoalKind"];
type T = TFunction<"plans">;

/** "12.50 EUR a lead": each kind has its own case and article. */
const FIXED: Record<Exclude<GoalKind, "custom">, (t: T, rate: string) => string> = {
  lead: (t, rate) => t("fixed.lead", { rate }),
  soi: (t, rate) => t("fixed.soi", { rate }),
  doi: (t, rate) => t("fixed.doi", { rate }),
  registration: (t, rate) => t("fixed.registration", { rate }),
  ftd: (t, rate) => t("fixed.ftd", { rate }),
  deposit: (t, rate) => t("fixed.deposit", { rate }),
  qualified: (t, rate) => t("fixed.qualified", { rate }),
  sale: (t, rate) => t("fixed.sale", { rate }),
  cod_order: (t, rate) => t("fixed.cod_order", { rate }),
  install: (t, rate) => t("fixed.install", { rate }),
  subscription: (t, rate) => t("fixed.subscription", { rate }),
  rebill: (t, rate) => t("fixed.rebill", { rate }),
  net_revenue: (t, rate) => t("fixed.net_revenue", { rate }),
};

/** "10 % of a sale": kinds that bring an amount of their own. */
const PERCENT: Partial<Record<GoalKind, (t: T, rate: string) => string>> = {
  ftd: (t, rate) => t("percent.ftd", { rate }),
  deposit: (t, rate) => t("percent.deposit", { rate }),
  sale: (t, rate) => t("percent.sale", { rate }),
  cod_order: (t, rate) => t("percent.cod_order", { rate }),
  subscription: (t, rate) => t("percent.subscription", { rate }),
  rebill: (t, rate) => t("percent.rebill", { rate }),
  net_revenue: (t, rate) => t("percent.net_revenue", { rate }),
};

/** Decimals of a percentage as plans may hold them. */
const PERCENT_DIGITS = 8;

export function percentText(format: Pick<Format, "number">, percent: string): string {
  return format.number(Number(percent) / 100, {
    style: "percent",
    maximumFractionDigits: PERCENT_DIGITS - 2,
  });
}

export interface PaidGoal {
  name: string;
  kind: GoalKind;
}

/** A rate in words: "10 % of a sale", "12.50 EUR a lead". */
export function payoutInWords(
  t: T,
  format: Pick<Format, "money" | "number">,
  effect: Effect | null | undefined,
  goal: PaidGoal,
  currency: string,
): string {
  if (!effect) return t("nothing");
  if ("percent" in effect) {
    const rate = percentText(format, effect.percent);
    return PERCENT[goal.kind]?.(t, rate) ?? t("percent.amount", { rate });
  }
  if ("tier" in effect) {
    const [first, ...more] = effect.tier.steps.map((step) => payoutInWords(t, format, step, goal, currency));
    return t("tiers", { from: first, to: more.at(-1) ?? first });
  }
  if ("per_click" in effect || "per_thousand" in effect) {
    const isClick = "per_click" in effect;
    const shown = format.number(Number(isClick ? effect.per_click : effect.per_thousand), {
      maximumFractionDigits: PERCENT_DIGITS,
    });
    const rate = `${shown}\u00a0${currency}`;
    return isClick ? t("traffic.click", { rate }) : t("traffic.thousand", { rate });
  }
  if ("reward" in effect) {
    const { reward } = effect;
    const shown = (units: string) =>
      `${format.number(Number(units), { maximumFractionDigits: PERCENT_DIGITS })}\u00a0${reward.unit}`;
    return "fixed" in reward
      ? t("reward.fixed", { amount: shown(reward.fixed) })
      : t("reward.per_whole", { amount: shown(reward.per_whole), currency });
  }
  if ("recruiter" in effect) {
    return t("recruiter", { rate: percentText(format, effect.recruiter.percent) });
  }
  if ("recurring" in effect) {
    return t("each_time", { price: payoutInWords(t, format, effect.recurring, goal, currency) });
  }
  const { minor } = "bonus" in effect ? effect.bonus : effect;
  const rate = format.money({ minor, currency });
  return goal.kind === "custom" ? t("fixed.custom", { rate, goal: goal.name }) : FIXED[goal.kind](t, rate);
}

/** The same as a hook: `payoutText(goal.payout, goal, offer.currency)`. */
export function usePayoutWords(): (
  effect: Effect | null | undefined,
  goal: PaidGoal,
  currency: string,
) => string {
  const { t } = useTranslation("plans");
  const format = useFormat();
  return (effect, goal, currency) => payoutInWords(t, format, effect, goal, currency);
}
