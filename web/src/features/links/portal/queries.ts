import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { useList } from "~/api/paging";
import { bodyOf, type Named, named } from "~/features/offers/model";

export type OwnLink = Schemas["LinkOut"];
export type NamedLink = Named<OwnLink>;

/** A page of the API at its largest: a partner's links are searched and sorted as a whole. */
const WHOLE = 1000;

export interface LinkFilter {
  offer_id?: string;
  state?: OwnLink["state"];
}

export function useLinks(filter: LinkFilter = {}) {
  return useList(["links", "list", filter], async (cursor, signal) => {
    const query = { ...filter, cursor, limit: WHOLE };
    return named(bodyOf(await client.GET("/v1/links", { params: { query }, signal })));
  });
}

function linkQuery(id: string) {
  return queryOptions({
    queryKey: ["links", "one", id],
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET("/v1/links/{id}", { params: { path: { id } }, signal })),
  });
}

export function useLink(id: string) {
  return useQuery(linkQuery(id));
}

export function useMakeLink() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (body: Schemas["NewLink"]) => bodyOf(await client.POST("/v1/links", { body })),
    onSuccess: (link) => {
      queries.setQueryData(linkQuery(link.id).queryKey, link);
      void queries.invalidateQueries({ queryKey: ["links", "list"] });
    },
  });
}

export function useChangeLink(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (body: Schemas["LinkChange"]) =>
      bodyOf(await client.PATCH("/v1/links/{id}", { params: { path: { id } }, body })),
    onSuccess: (link) => {
      queries.setQueryData(linkQuery(link.id).queryKey, link);
      void queries.invalidateQueries({ queryKey: ["links", "list"] });
    },
  });
}

/** The kinds of traffic that need an approval and have it. */
export function useApprovedTraffic(offerId: string | undefined): string[] {
  const { data } = useQuery({
    queryKey: ["enrollments", "own", offerId],
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET("/v1/enrollments", { params: { query: { offer_id: offerId } }, signal })),
    enabled: offerId !== undefined,
  });
  const enrollment = data?.items.find(({ offer_id }) => offer_id === offerId);
  const types: readonly Schemas["ApprovedTraffic"][] = enrollment?.approved_traffic_types ?? [];
  return types.map(({ traffic_type }) => traffic_type);
}
