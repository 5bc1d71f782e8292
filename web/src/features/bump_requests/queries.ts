import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { useList } from "~/api/paging";
import { bodyOf, type Named, named } from "~/features/offers/model";

export type BumpRequest = Named<Schemas["BumpRequestOut"]>;
export type BumpState = Schemas["BumpState"];
export type BumpDecision = Schemas["BumpDecision"];

const PAGE = 200;

export function useBumpRequests(filter: { offer_id?: string }) {
  return useList<BumpRequest>(["bump-requests", "list", filter], async (cursor, signal) => {
    const query = { ...filter, cursor, limit: PAGE };
    return named(bodyOf(await client.GET("/v1/bump-requests", { params: { query }, signal })));
  });
}

export function figuresQuery(id: string) {
  return queryOptions({
    queryKey: ["bump-requests", "figures", id],
    queryFn: async ({ signal }) => {
      const path = { id };
      return bodyOf(await client.GET("/v1/bump-requests/{id}/figures", { params: { path }, signal }));
    },
  });
}

/** Answers a request; offers show other rates after it. */
export function useAnswer(): (id: string, decision: BumpDecision) => Promise<void> {
  const queries = useQueryClient();
  return async (id, body) => {
    await client.PATCH("/v1/bump-requests/{id}", { params: { path: { id } }, body });
    await queries.invalidateQueries({ queryKey: ["bump-requests"] });
    await queries.invalidateQueries({ queryKey: ["offers"] });
  };
}
