import { type PageSearch, textOf } from "~/frame/search";
import type { NamedLink } from "./queries";

/** The state of the list of links as its address keeps it. */
export interface LinkSearch {
  q: string | undefined;
  offer: string | undefined;
  state: string | undefined;
  traffic: string | undefined;
  /** The link in the drawer. */
  open: string | undefined;
  /** The drawer of a link to be. */
  new: boolean | undefined;
}

export function readLinkSearch(raw: PageSearch): LinkSearch {
  return {
    q: textOf(raw, "q"),
    offer: textOf(raw, "offer"),
    state: textOf(raw, "state"),
    traffic: textOf(raw, "traffic"),
    open: textOf(raw, "open"),
    new: raw.new === true ? true : undefined,
  };
}

export const NO_LINK_FILTERS = { q: undefined, offer: undefined, state: undefined, traffic: undefined };

export function isFiltered({ q, offer, state, traffic }: LinkSearch): boolean {
  return [q, offer, state, traffic].some((value) => value !== undefined);
}

/** The links that a filter keeps, archived ones last: text in the name, the code or the offer's name. */
export function matching(links: readonly NamedLink[], search: LinkSearch): NamedLink[] {
  const text = search.q?.toLowerCase();
  const kept = links.filter((link) => {
    const texts = [link.name ?? "", link.slug, link.names[link.offer_id] ?? ""];
    return (
      (!text || texts.some((one) => one.toLowerCase().includes(text))) &&
      (!search.offer || link.offer_id === search.offer) &&
      (!search.state || link.state === search.state) &&
      (!search.traffic || link.traffic_type === search.traffic)
    );
  });
  return kept.sort((one, other) => Number(one.state === "archived") - Number(other.state === "archived"));
}
