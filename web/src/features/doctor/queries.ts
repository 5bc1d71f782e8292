import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { bodyOf } from "~/features/offers/model";

export type Ladder = Schemas["Ladder"];
export type Call = Schemas["Call"];
export type Key = Schemas["KeyOut"];
export type Checkup = Schemas["CheckupOut"];
export type Snippet = Schemas["Snippet"];
export type Rung = Schemas["ReceiptTrust"];

const LIVE_EVERY_MS = 3_000;

const of = (id: string) => ({ path: { id } });

export function ladderQuery(id: string) {
  return queryOptions({
    queryKey: ["advertisers", "ladder", id],
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET("/v1/advertisers/{id}/ladder", { params: of(id), signal })),
  });
}

export function keysQuery(id: string) {
  return queryOptions({
    queryKey: ["advertisers", "keys", id],
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET("/v1/advertisers/{id}/keys", { params: of(id), signal })),
  });
}

export function callsQuery(id: string) {
  return queryOptions({
    queryKey: ["receipts", "calls", id],
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET("/v1/advertisers/{id}/calls", { params: of(id), signal })),
  });
}

/** The last calls, asked for again every few seconds. */
export function latestQuery(id: string, since: string | undefined) {
  return queryOptions({
    queryKey: ["receipts", "latest", id, since ?? ""],
    queryFn: async ({ signal }) => {
      const params = { ...of(id), query: { since } };
      return bodyOf(await client.GET("/v1/advertisers/{id}/calls/latest", { params, signal })).items;
    },
    refetchInterval: LIVE_EVERY_MS,
  });
}

export function integrationQuery(id: string, offer_id?: string, goal_id?: string) {
  return queryOptions({
    queryKey: ["advertisers", "integration", id, offer_id ?? "", goal_id ?? ""],
    queryFn: async ({ signal }) => {
      const params = { ...of(id), query: { offer_id, goal_id } };
      return bodyOf(await client.GET("/v1/advertisers/{id}/integration", { params, signal }));
    },
  });
}

export function doctorQuery(offerId: string) {
  return queryOptions({
    queryKey: ["offers", "doctor", offerId],
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET("/v1/offers/{id}/doctor", { params: of(offerId), signal })),
  });
}

export const brokenQuery = queryOptions({
  queryKey: ["offers", "broken"],
  queryFn: async ({ signal }) => bodyOf(await client.GET("/v1/doctor/broken", { signal })),
});

/** Looks at an offer now. */
export function useLook(offerId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => bodyOf(await client.POST("/v1/offers/{id}/doctor", { params: of(offerId) })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["offers"] }),
  });
}

export function useWatch(offerId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (is_watched: boolean) =>
      client.PATCH("/v1/offers/{id}/doctor", { params: of(offerId), body: { is_watched } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["offers", "doctor", offerId] }),
  });
}

/** Makes or retires a key; everything that shows a secret or a rung is asked for anew. */
export function useKeyActs(advertiserId: string) {
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: ["advertisers"] });
  const make = useMutation({
    mutationFn: async (kind: Schemas["KeyKind"]) =>
      bodyOf(await client.POST("/v1/advertisers/{id}/keys", { params: of(advertiserId), body: { kind } })),
    onSuccess,
  });
  const retire = useMutation({
    mutationFn: async (key: string) =>
      bodyOf(
        await client.POST("/v1/advertisers/{id}/keys/{key}/retire", {
          params: { path: { id: advertiserId, key } },
        }),
      ),
    onSuccess,
  });
  return { make, retire };
}
