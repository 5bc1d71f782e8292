import { type ConditionName, setConditions } from "../conditions";
import type { Conditions } from "../shapes";
import type { Speaker } from "./speaker";

type Range = { from?: number | null; to?: number | null } | null | undefined;
type Phrase = (conditions: Conditions, speaker: Speaker) => string;

/** "Germany, Austria or Poland", as the language joins what may be either. */
function either(values: readonly string[], { format }: Speaker): string {
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
  groups: ({ groups = [] }, speaker) => speaker.t("when.groups", { values: either(groups, speaker) }),
  tags: ({ tags = [] }, speaker) => speaker.t("when.tags", { values: either(tags, speaker) }),
  countries: ({ countries = [] }, speaker) =>
    speaker.t("when.countries", { values: either(countries.map(speaker.country), speaker) }),
  devices: ({ devices = [] }, speaker) => {
    const words = devices.map((device) => speaker.word("device", device));
    return speaker.t("when.devices", { values: either(words, speaker) });
  },
  traffic_types: ({ traffic_types = [] }, speaker) => {
    const words = traffic_types.map((type) => speaker.word("traffic_type", type));
    return speaker.t("when.traffic", { values: either(words, speaker) });
  },
  skus: ({ skus = [] }, speaker) => speaker.t("when.skus", { values: either(skus, speaker) }),
  categories: ({ categories = [] }, speaker) =>
    speaker.t("when.categories", { values: either(categories, speaker) }),
  coupons: ({ coupons = [] }, speaker) => speaker.t("when.coupons", { values: either(coupons, speaker) }),
  customer: ({ customer }, { t }) => (customer === "new" ? t("when.new") : t("when.returning")),
  amount: ({ amount }, speaker) => amountInWords(amount, speaker),
  nth_order: ({ nth_order }, speaker) => orderInWords(nth_order, speaker),
  weekdays: ({ weekdays = [] }, speaker) => {
    const names = weekdays.map((day) => weekdayName(day, speaker.format.language));
    return either(names, speaker);
  },
  dates: ({ dates }, speaker) => datesInWords(dates, speaker),
  subs: ({ subs = {} }, speaker) =>
    Object.entries(subs)
      .map(([number, values]) => speaker.t("when.sub", { number, values: either(values, speaker) }))
      .join(", "),
  sources: ({ sources = [] }, speaker) => speaker.t("when.sources", { values: either(sources, speaker) }),
};

function amountInWords(range: Conditions["amount"], { t, format, currency }: Speaker): string {
  const money = (minor: number) => format.money({ minor, currency });
  const { from_minor: from, to_minor: to } = range ?? {};
  if (from == null) return t("when.amount_below", { to: money(to ?? 0) });
  if (to == null) return t("when.amount_from", { from: money(from) });
  return t("when.amount_between", { from: money(from), to: money(to) });
}

function orderInWords(range: Range, { t, format }: Speaker): string {
  const { from, to } = range ?? {};
  if (from != null && from === to) return t("when.order_exact", { number: format.number(from) });
  if (from == null) return t("when.order_until", { to: format.number(to) });
  if (to == null) return t("when.order_from", { from: format.number(from) });
  return t("when.order_between", { from: format.number(from), to: format.number(to) });
}

function datesInWords(range: Conditions["dates"], { t, format }: Speaker): string {
  const { from, to } = range ?? {};
  if (from == null) return t("when.dates_until", { to: format.date(to) });
  if (to == null) return t("when.dates_from", { from: format.date(from) });
  return t("when.dates_between", { from: format.date(from), to: format.date(to) });
}
