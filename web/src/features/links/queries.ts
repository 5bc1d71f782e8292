import { queryOptions } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { useList } from "~/api/paging";
import { bodyOf, named } from "~/features/offers/model";

export type TrackingLink = Schemas["LinkOut"];
export type LinkState = Schemas["LinkState"];

export const LINK_STATES = ["active", "archived"] as const satisfies readonly LinkState[];

/** A page of the API at its largest, so that a list can be sorted as a whole. */
const WHOLE = 1000;

export interface LinkFilter {
  offer_id?: string;
  partner_id?: string;
  state?: LinkState;
  q?: string;
}

export function useLinks(filter: LinkFilter) {
  return useList(["links", "list", filter], async (cursor, signal) => {
    const query = { ...filter, cursor, limit: WHOLE };
    return named(bodyOf(await client.GET("/v1/links", { params: { query }, signal })));
  });
}

export function linkQuery(id: string) {
  return queryOptions({
    queryKey: ["links", "one", id],
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET("/v1/links/{id}", { params: { path: { id } }, signal })),
  });
}
