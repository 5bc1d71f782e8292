import { type PageSearch, textOf } from "~/frame/search";
import { LINK_STATES, type LinkFilter } from "../queries";

/** The part of the address that the list of links reads. */
export interface LinkSearch {
  state: string | undefined;
  offer: string | undefined;
  partner: string | undefined;
  q: string | undefined;
}

export function readLinkSearch(raw: PageSearch): LinkSearch {
  // A builder opened for one partner or offer names it in the address too; that filters nothing.
  const builds = raw.new === true || raw.new === "true";
  return {
    state: textOf(raw, "state"),
    offer: builds ? undefined : textOf(raw, "offer"),
    partner: builds ? undefined : textOf(raw, "partner"),
    q: textOf(raw, "q"),
  };
}

export const NO_FILTERS: LinkSearch = {
  state: undefined,
  offer: undefined,
  partner: undefined,
  q: undefined,
};

export function linkFilterOf(search: LinkSearch): LinkFilter {
  return {
    state: LINK_STATES.find((state) => state === search.state),
    offer_id: search.offer,
    partner_id: search.partner,
    q: search.q,
  };
}
