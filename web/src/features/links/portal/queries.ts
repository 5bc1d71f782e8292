import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { bodyOf, type Named } from "~/features/offers/model";
import { linkQuery, type TrackingLink } from "../queries";

export type NamedLink = Named<TrackingLink>;

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
