import { listOf, type PageSearch, textOf } from "~/frame/search";
import type { FilterValues } from "~/ui/FilterChips";
import type { ConversionQuery } from "./api";
import { momentsOf } from "./days";

/** The part of the address that the conversion pages read. */
export interface ConversionSearch {
  status: string[] | undefined;
  reason: string | undefined;
  offer: string | undefined;
  advertiser: string | undefined;
  partner: string | undefined;
  goal: string | undefined;
  order: string | undefined;
  link: string | undefined;
  click: string | undefined;
  /** The conversion open in the drawer. */
  open: string | undefined;
  tab: string | undefined;
}

export const FILTERS = [
  "status",
  "reason",
  "offer",
  "advertiser",
  "partner",
  "goal",
  "order",
  "link",
  "click",
] as const;
export type FilterName = (typeof FILTERS)[number];

/** Links from other pages write several statuses with commas between them. */
function statusesOf(raw: PageSearch): string[] | undefined {
  const statuses = listOf(raw, "status")
    .flatMap((each) => each.split(","))
    .filter((each) => each !== "");
  return statuses.length > 0 ? statuses : undefined;
}

export function readConversionSearch(raw: PageSearch): ConversionSearch {
  return {
    status: statusesOf(raw),
    reason: textOf(raw, "reason"),
    offer: textOf(raw, "offer"),
    advertiser: textOf(raw, "advertiser"),
    partner: textOf(raw, "partner"),
    goal: textOf(raw, "goal"),
    order: textOf(raw, "order"),
    link: textOf(raw, "link"),
    click: textOf(raw, "click"),
    open: textOf(raw, "open"),
    tab: textOf(raw, "tab"),
  };
}

/** The question to the API. An order or a click is looked for in all times: whoever knows its id wants just that. */
export function conversionQueryOf(
  search: ConversionSearch,
  range: { from: string; to: string } | undefined,
  timezone: string,
): ConversionQuery {
  const isSought = search.order !== undefined || search.click !== undefined;
  return {
    status: search.status?.join(","),
    reason: search.reason,
    offer_id: search.offer,
    advertiser_id: search.advertiser,
    partner_id: search.partner,
    goal_id: search.goal,
    order_id: search.order,
    link_id: search.link,
    click_id: search.click,
    ...(range && !isSought ? momentsOf(range, timezone) : {}),
  };
}

export function setFilters(search: ConversionSearch): FilterName[] {
  return FILTERS.filter((name) => search[name] !== undefined);
}

export function filterValues(search: ConversionSearch): FilterValues {
  return Object.fromEntries(FILTERS.map((name) => [name, search[name]]));
}

/** What the filter line says, as the address keeps it. */
export function searchOfValues(values: FilterValues): Partial<ConversionSearch> {
  const status = values.status;
  const rest = FILTERS.filter((name) => name !== "status").map((name) => [name, textValue(values[name])]);
  return {
    ...Object.fromEntries(rest),
    status: Array.isArray(status) && status.length > 0 ? status : undefined,
  };
}

function textValue(value: FilterValues[string]): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
