import { type PageSearch, textOf } from "~/frame/search";
import type { FilterValues } from "~/ui/FilterChips";
import { OFFER_STATES, VISIBILITIES } from "../model";
import type { OfferFilter } from "../queries";

/** The filters of the list as the address keeps them. */
export interface OfferSearch {
  state: string | undefined;
  advertiser: string | undefined;
  visibility: string | undefined;
  vertical: string | undefined;
  q: string | undefined;
}

export function readOfferSearch(raw: PageSearch): OfferSearch {
  return {
    state: textOf(raw, "state"),
    advertiser: textOf(raw, "advertiser"),
    visibility: textOf(raw, "visibility"),
    vertical: textOf(raw, "vertical"),
    q: textOf(raw, "q"),
  };
}

export function offerFilterOf(search: OfferSearch): OfferFilter {
  return {
    state: OFFER_STATES.find((state) => state === search.state),
    advertiser_id: search.advertiser,
    visibility: VISIBILITIES.find((visibility) => visibility === search.visibility),
    vertical: search.vertical,
    q: search.q,
  };
}

export const NO_FILTERS: OfferSearch = {
  state: undefined,
  advertiser: undefined,
  visibility: undefined,
  vertical: undefined,
  q: undefined,
};

export function isFiltered(search: object): boolean {
  return Object.values(search).some((value) => value !== undefined);
}

/** One value of a filter line as the address keeps it. */
export function oneOf(values: FilterValues, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}
