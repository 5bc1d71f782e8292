import type { TFunction } from "i18next";
import { percentText } from "../payoutWords";
import type {
  Bonus,
  Effect,
  Limit,
  Price,
  RecruiterShare,
  Reward,
  Tier,
  TierMetric,
  TierPeriod,
  TrafficRate,
} from "../shapes";
import type { Speaker } from "./speaker";

type Voice = Speaker & { t: TFunction<"plan_words"> };

/** A price: "12% of the amount", "12.50 EUR a conversion". */
export function priceInWords(price: Price, { t, format, currency }: Voice): string {
  if ("percent" in price) return t("price.percent", { rate: percentText(format, price.percent) });
  return t("price.minor", { rate: format.money({ minor: price.minor, currency }) });
}

export function periodInWords(period: TierPeriod, { t }: Pick<Voice, "t">): string {
  const words = {
    day: t("period.day"),
    week: t("period.week"),
    month: t("period.month"),
    total: t("period.total"),
  };
  return words[period];
}

export function metricInWords(metric: TierMetric, { t }: Pick<Voice, "t">): string {
  const words = {
    conversions: t("metric.conversions"),
    amount: t("metric.amount"),
    revenue: t("metric.revenue"),
  };
  return words[metric];
}

function tierInWords(tier: Tier, speaker: Voice): string {
  const { t, format, currency } = speaker;
  const reached = (from: number) =>
    tier.metric === "conversions" ? format.number(from) : format.money({ minor: from, currency });
  const steps = tier.steps.map((step) =>
    step.from === 0
      ? priceInWords(step, speaker)
      : t("tier.step", { price: priceInWords(step, speaker), from: reached(step.from) }),
  );
  return t("tier.sentence", {
    steps: steps.join(", "),
    metric: metricInWords(tier.metric, speaker),
    period: periodInWords(tier.period, speaker),
    mode: tier.mode === "whole" ? t("tier.whole") : t("tier.marginal"),
  });
}

/** "0.0035 EUR a click": to the last decimal, as it was written. */
export function trafficRateInWords(rate: TrafficRate, { t, format, currency }: Voice): string {
  const amount = (text: string) =>
    `${format.number(Number(text), { maximumFractionDigits: 8 })}\u00a0${currency}`;
  return "per_click" in rate
    ? t("traffic.click", { rate: amount(rate.per_click) })
    : t("traffic.thousand", { rate: amount(rate.per_thousand) });
}

/** "€100.00 once 50 conversions are reached in a month". */
export function bonusInWords(bonus: Bonus, speaker: Voice): string {
  const { t, format, currency } = speaker;
  const told = {
    amount: format.money({ minor: bonus.minor, currency }),
    period: periodInWords(bonus.period, speaker),
    from:
      bonus.metric === "conversions"
        ? format.number(bonus.from)
        : format.money({ minor: bonus.from, currency }),
  };
  const words = {
    conversions: t("bonus.conversions", told),
    amount: t("bonus.amount", told),
    revenue: t("bonus.revenue", told),
  };
  return words[bonus.metric];
}

/** "50 POINTS a conversion", "1.5 POINTS for each EUR of the amount". */
export function rewardInWords(reward: Reward, { t, format, currency }: Voice): string {
  const amount = (text: string) =>
    `${format.number(Number(text), { maximumFractionDigits: 8 })}\u00a0${reward.unit}`;
  return "fixed" in reward
    ? t("reward.fixed", { amount: amount(reward.fixed) })
    : t("reward.per_whole", { amount: amount(reward.per_whole), currency });
}

/** "5% of what the partner earns for 12 months, to who recruited the partner". */
export function recruiterInWords(share: RecruiterShare, { t, format }: Voice): string {
  const part = { rate: percentText(format, share.percent), level: format.number(share.level) };
  const of = share.of === "payout" ? t("recruiter.payout", part) : t("recruiter.profit", part);
  const to = share.level === 1 ? t("recruiter.direct") : t("recruiter.above", part);
  const { months } = share;
  return months
    ? t("recruiter.months", { of, to, count: months, shown: format.number(months) })
    : t("recruiter.life", { of, to });
}

/** What a rule gives. */
export function effectInWords(effect: Effect, speaker: Voice): string {
  const { t, format } = speaker;
  if ("tier" in effect) return tierInWords(effect.tier, speaker);
  if ("per_click" in effect || "per_thousand" in effect) return trafficRateInWords(effect, speaker);
  if ("bonus" in effect) return bonusInWords(effect.bonus, speaker);
  if ("recruiter" in effect) return recruiterInWords(effect.recruiter, speaker);
  if ("reward" in effect) return rewardInWords(effect.reward, speaker);
  if (!("recurring" in effect)) return priceInWords(effect, speaker);
  const price = priceInWords(effect.recurring, speaker);
  const { months } = effect.recurring;
  if (!months) return t("recurring.life", { price });
  return t("recurring.months", { price, count: months, shown: format.number(months) });
}

/** The most that a rule pays. */
export function limitInWords(limit: Limit, speaker: Voice): string {
  const { t, format, currency } = speaker;
  const told = {
    amount: format.money({ minor: limit.minor, currency }),
    period: periodInWords(limit.period, speaker),
  };
  const words = {
    customer: t("limit.customer", told),
    partner: t("limit.partner", told),
    all: t("limit.all", told),
  };
  return words[limit.per];
}
