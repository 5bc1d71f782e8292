import type { TFunction } from "i18next";
import { type ConditionName, setConditions } from "../conditions";
import type { Conditions } from "../shapes";
import type { Speaker } from "./speaker";

type Range = { from?: number | null; to?: number | null } | null | undefined;
type Voice = Speaker & { t: TFunction<"plan_words"> };
type Phrase = (conditions: Conditions, speaker: Voice) => string;

/** "Germany, Austria or Poland", as the language joins what may be either. */
function either(values: readonly string[], format: Speaker["format"]): string {
  return new Intl.ListFormat(format.language, { type: "disjunction" }).format(values);
}

/** 2024 began on a Monday. */
export function weekdayName(day: number, language: string): string {
  return new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" }).format(
    Date.UTC(2024, 0, day),
  );
}

/** Each condition that is set, in the words of its language. */
export function conditionsInWords(conditions: Conditions, speaker: Speaker): string[] {
  return setConditions(conditions).map((name) => PHRASES[name](conditions, speaker));
}

const PHRASES: Record<ConditionName, Phrase> = {
  goal_id: ({ goal_id }, { t, names }) => t("when.goal", { values: names[goal_id ?? ""] ?? goal_id }),
  partner_id: ({ partner_id }, { t, names }) =>
    t("when.partner", { values: names[partner_id ?? ""] ?? partner_id }),
  groups: ({ groups = [] }, { t, format }) => t("when.groups", { values: either(groups, format) }),
  tags: ({ tags = [] }, { t, format }) => t("when.tags", { values: either(tags, format) }),
  countries: ({ countries = [] }, { t, format, country }) =>
    t("when.countries", { values: either(countries.map(country), format) }),
  devices: ({ devices = [] }, { t, format, word }) => {
    const words = devices.map((device) => word("device", device));
    return t("when.devices", { values: either(words, format) });
  },
  traffic_types: ({ traffic_types = [] }, { t, format, word }) => {
    const words = traffic_types.map((type) => word("traffic_type", type));
    return t("when.traffic", { values: either(words, format) });
  },
  skus: ({ skus = [] }, { t, format }) => t("when.skus", { values: either(skus, format) }),
  categories: ({ categories = [] }, { t, format }) =>
    t("when.categories", { values: either(categories, format) }),
  coupons: ({ coupons = [] }, { t, format }) => t("when.coupons", { values: either(coupons, format) }),
  customer: ({ customer }, { t }) => (customer === "new" ? t("when.new") : t("when.returning")),
  amount: ({ amount }, speaker) => amountInWords(amount, speaker),
  nth_order: ({ nth_order }, speaker) => orderInWords(nth_order, speaker),
  weekdays: ({ weekdays = [] }, { format }) => {
    const names = weekdays.map((day) => weekdayName(day, format.language));
    return either(names, format);
  },
  dates: ({ dates }, speaker) => datesInWords(dates, speaker),
  subs: ({ subs = {} }, { t, format }) =>
    Object.entries(subs)
      .map(([number, values]) => t("when.sub", { number, values: either(values, format) }))
      .join(", "),
  sources: ({ sources = [] }, { t, format }) => t("when.sources", { values: either(sources, format) }),
};

function amountInWords(range: Conditions["amount"], { t, format, currency }: Voice): string {
  const money = (minor: number) => format.money({ minor, currency });
  const { from_minor: from, to_minor: to } = range ?? {};
  if (from == null) return t("when.amount_below", { to: money(to ?? 0) });
  if (to == null) return t("when.amount_from", { from: money(from) });
  return t("when.amount_between", { from: money(from), to: money(to) });
}

function orderInWords(range: Range, { t, format }: Voice): string {
  const { from, to } = range ?? {};
  if (from != null && from === to) return t("when.order_exact", { number: format.number(from) });
  if (from == null) return t("when.order_until", { to: format.number(to) });
  if (to == null) return t("when.order_from", { from: format.number(from) });
  return t("when.order_between", { from: format.number(from), to: format.number(to) });
}

function datesInWords(range: Conditions["dates"], { t, format }: Voice): string {
  const { from, to } = range ?? {};
  if (from == null) return t("when.dates_until", { to: format.date(to) });
  if (to == null) return t("when.dates_from", { from: format.date(from) });
  return t("when.dates_between", { from: format.date(from), to: format.date(to) });
}
