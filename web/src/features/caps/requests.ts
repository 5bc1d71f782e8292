import { useQueryClient } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { useList } from "~/api/paging";
import { bodyOf, type Named, named } from "~/features/offers/model";

export type CapRequest = Schemas["CapRequestOut"];
export type NamedRequest = Named<CapRequest>;
export type RequestState = Schemas["CapRequestState"];

const PAGE = 200;

export function useRequests(filter: { state?: RequestState; offer_id?: string }, enabled = true) {
  return useList<NamedRequest>(
    ["cap-requests", "list", filter],
    async (cursor, signal) => {
      const query = { ...filter, cursor, limit: PAGE };
      return named(bodyOf(await client.GET("/v1/cap-requests", { params: { query }, signal })));
    },
    enabled,
  );
}

export function useRequestsChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await queries.invalidateQueries({ queryKey: ["cap-requests"] });
    await queries.invalidateQueries({ queryKey: ["caps"] });
  };
}
