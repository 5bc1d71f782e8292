import { type PageSearch, textOf } from "~/frame/search";
import { PARTNER_STATES } from "../model";
import type { PartnerFilter } from "../queries";

/** The part of the address that the list of partners reads. */
export interface PartnerSearch {
  state: string | undefined;
  group: string | undefined;
  tag: string | undefined;
  manager: string | undefined;
  q: string | undefined;
}

export function readPartnerSearch(raw: PageSearch): PartnerSearch {
  return {
    state: textOf(raw, "state"),
    group: textOf(raw, "group"),
    tag: textOf(raw, "tag"),
    manager: textOf(raw, "manager"),
    q: textOf(raw, "q"),
  };
}

export const NO_FILTERS: PartnerSearch = {
  state: undefined,
  group: undefined,
  tag: undefined,
  manager: undefined,
  q: undefined,
};

/** The API does not filter by tag; the page does. */
export function partnerFilterOf(search: PartnerSearch): PartnerFilter {
  return {
    state: PARTNER_STATES.find((state) => state === search.state),
    group: search.group,
    manager_id: search.manager,
    q: search.q,
  };
}
