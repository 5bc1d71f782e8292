import { momentsOf } from "~/features/conversions/days";
import { type PageSearch, textOf } from "~/frame/search";
import type { FilterValues } from "~/ui/FilterChips";
import type { JournalQuery } from "./api";
import type { Account, EntryKind } from "./model";

/** What stands in the address of the journal. */
export interface JournalSearch {
  account: string | undefined;
  partner: string | undefined;
  advertiser: string | undefined;
  currency: string | undefined;
  kind: string | undefined;
  conversion: string | undefined;
  payout: string | undefined;
  from: string | undefined;
  to: string | undefined;
  entry: string | undefined;
}

export const FILTERS = [
  "account",
  "partner",
  "advertiser",
  "kind",
  "conversion",
  "payout",
  "currency",
] as const satisfies (keyof JournalSearch)[];

export function readJournalSearch(raw: PageSearch): JournalSearch {
  return {
    account: textOf(raw, "account"),
    partner: textOf(raw, "partner"),
    advertiser: textOf(raw, "advertiser"),
    currency: textOf(raw, "currency")?.toUpperCase(),
    kind: textOf(raw, "kind"),
    conversion: textOf(raw, "conversion"),
    payout: textOf(raw, "payout"),
    from: textOf(raw, "from"),
    to: textOf(raw, "to"),
    entry: textOf(raw, "entry"),
  };
}

/** The question to the API; days are those of the workspace. */
export function questionOf(search: JournalSearch, timezone: string): JournalQuery {
  const { from, to } = search;
  return {
    account: search.account as Account | undefined,
    partner_id: search.partner,
    advertiser_id: search.partner ? undefined : search.advertiser,
    currency: search.currency,
    kind: search.kind as EntryKind | undefined,
    conversion_id: search.conversion,
    payout_id: search.payout,
    ...(from && to ? momentsOf({ from, to }, timezone) : {}),
  };
}

export function filterValues(search: JournalSearch): FilterValues {
  const { from, to } = search;
  const named = Object.fromEntries(FILTERS.map((name) => [name, search[name]]));
  return { ...named, dates: from && to ? { from, to } : undefined };
}

/** What the filters say as a change of the address. A part of an account has one owner. */
export function changeOf(values: FilterValues, before: JournalSearch): Partial<JournalSearch> {
  const text = (name: string) => {
    const value = values[name];
    return typeof value === "string" && value.trim() ? value.trim() : undefined;
  };
  const change: Partial<JournalSearch> = Object.fromEntries(FILTERS.map((name) => [name, text(name)]));
  if (change.partner && change.partner !== before.partner) change.advertiser = undefined;
  if (change.advertiser && change.advertiser !== before.advertiser) change.partner = undefined;
  const { dates } = values;
  const range = typeof dates === "object" && !Array.isArray(dates) ? dates : undefined;
  return { ...change, from: range?.from, to: range?.to };
}
