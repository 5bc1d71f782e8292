import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import type { FilterOption, FilterSpec } from "~/ui/FilterChips";
import type { Reader } from "./columnSets";
import type { ConversionSearch } from "./filters";
import type { Conversion, Names } from "./model";
import {
  type Searched,
  useAdvertiserOptions,
  useGoalOptions,
  useOfferOptions,
  usePartnerOptions,
} from "./options";
import { ALL_REASONS, STATUSES } from "./rules";

/** The chosen one keeps its name when a search no longer lists it. */
function withChosen(
  options: readonly FilterOption[],
  chosen: string | undefined,
  names: Names,
): FilterOption[] {
  if (!chosen || options.some(({ value }) => value === chosen)) return [...options];
  return [{ value: chosen, label: names[chosen] ?? chosen }, ...options];
}

/** What the reader may filter conversions by. */
export function useConversionFilters(
  reader: Reader,
  search: ConversionSearch,
  rows: readonly Conversion[],
): FilterSpec[] {
  const { t } = useTranslation("conversions");
  const word = useWords();
  const names = rows[0]?.names ?? {};
  const offers = useOfferOptions();
  const partners = usePartnerOptions();
  const advertisers = useAdvertiserOptions();
  const goals = useGoalOptions(search.offer);
  const one = (id: string, label: string, options: FilterOption[]): FilterSpec => ({
    kind: "one",
    id,
    label,
    options,
  });
  const searched = (id: string, label: string, found: Searched, chosen: string | undefined): FilterSpec => ({
    kind: "one",
    id,
    label,
    options: withChosen(found.options, chosen, names),
    onSearch: found.search,
  });
  const isStaff = reader === "staff";
  return [
    {
      kind: "many",
      id: "status",
      label: t("filter.status"),
      options: STATUSES.map((status) => ({ value: status, label: word("conversion_status", status) })),
    },
    one(
      "reason",
      t("filter.reason"),
      ALL_REASONS.map((reason) => ({ value: reason, label: word("conversion_reason", reason) })),
    ),
    searched("offer", t("filter.offer"), offers, search.offer),
    ...(search.offer ? [one("goal", t("filter.goal"), withChosen(goals, search.goal, names))] : []),
    ...(isStaff ? [searched("partner", t("filter.partner"), partners, search.partner)] : []),
    ...(isStaff
      ? [one("advertiser", t("filter.advertiser"), withChosen(advertisers.options, search.advertiser, names))]
      : []),
    { kind: "text", id: "order", label: t("filter.order") },
    ...(search.link ? [one("link", t("filter.link"), withChosen([], search.link, names))] : []),
    ...(search.click ? [one("click", t("filter.click"), withChosen([], search.click, names))] : []),
  ];
}
