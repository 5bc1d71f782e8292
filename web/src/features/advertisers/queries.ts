import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { bodyOf } from "~/features/offers/model";

export type Advertiser = Schemas["AdvertiserOut"];

export function advertiserQuery(id: string) {
  return queryOptions({
    queryKey: ["advertisers", "one", id],
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET("/v1/advertisers/{id}", { params: { path: { id } }, signal })),
  });
}

export function postbackTokenQuery(id: string) {
  return queryOptions({
    queryKey: ["advertisers", "token", id],
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET("/v1/advertisers/{id}/postback-token", { params: { path: { id } }, signal })),
  });
}

/** What is known anew once an advertiser was changed. */
export function useAdvertiserSaved(): (advertiser: Advertiser) => void {
  const queries = useQueryClient();
  return (advertiser) => {
    queries.setQueryData(advertiserQuery(advertiser.id).queryKey, advertiser);
    void queries.invalidateQueries({ queryKey: ["advertisers"] });
  };
}
