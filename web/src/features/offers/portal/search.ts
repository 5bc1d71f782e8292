import { type PageSearch, textOf } from "~/frame/search";
import type { Named, Offer } from "../model";
import { isMine } from "./stance";

export interface OffersSearch {
  q: string | undefined;
  vertical: string | undefined;
  show: "mine" | "open" | undefined;
  /** The offer that one is about to join. */
  join: string | undefined;
}

export function readOffersSearch(raw: PageSearch): OffersSearch {
  const show = textOf(raw, "show");
  return {
    q: textOf(raw, "q"),
    vertical: textOf(raw, "vertical"),
    show: show === "mine" || show === "open" ? show : undefined,
    join: textOf(raw, "join"),
  };
}

export const NO_OFFER_FILTERS = { q: undefined, vertical: undefined, show: undefined };

/** Offers that the filters keep, one's own apart from those to be had, each by name. */
export function shownOffers(offers: readonly Named<Offer>[], search: OffersSearch) {
  const text = search.q?.toLowerCase();
  const kept = offers
    .filter(
      (offer) =>
        !text ||
        [offer.name, offer.names[offer.advertiser_id] ?? ""].some((one) => one.toLowerCase().includes(text)),
    )
    .filter((offer) => !search.vertical || offer.vertical === search.vertical)
    .sort((one, other) => one.name.localeCompare(other.name));
  return {
    mine: search.show === "open" ? [] : kept.filter(isMine),
    open: search.show === "mine" ? [] : kept.filter((offer) => !isMine(offer)),
  };
}
