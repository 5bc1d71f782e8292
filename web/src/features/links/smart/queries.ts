import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { useList } from "~/api/paging";
import { bodyOf, type Named, named } from "~/features/offers/model";

export type SmartLink = Schemas["SmartLinkOut"];
export type SmartMember = Schemas["SmartMemberOut"];
export type NamedSmartLink = Named<SmartLink>;
export type SmartMode = Schemas["SmartMode"];
export type Policy = Schemas["ReplayPolicy"];
export type SmartLinkChange = Schemas["SmartLinkChange"];

export const MODES = ["learned", "weights", "priorities"] as const satisfies readonly SmartMode[];
export const POLICIES = ["equal", "weights", "priorities", "learned"] as const satisfies readonly Policy[];
/** The states an editor offers; taking out is a button of its own. */
export const MEMBER_STATES = ["active", "paused"] as const satisfies readonly SmartMember["state"][];

const PAGE = 200;

export interface SmartLinkFilter {
  partner_id?: string;
  state?: SmartLink["state"];
}

export function useSmartLinks(filter: SmartLinkFilter, enabled = true) {
  return useList<NamedSmartLink>(
    ["smart-links", "list", filter],
    async (cursor, signal) => {
      const query = { ...filter, cursor, limit: PAGE };
      return named(bodyOf(await client.GET("/v1/smart-links", { params: { query }, signal })));
    },
    enabled,
  );
}

export function smartLinkQuery(id: string) {
  return queryOptions({
    queryKey: ["smart-links", "one", id],
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET("/v1/smart-links/{id}", { params: { path: { id } }, signal })),
  });
}

export function useMakeSmartLink() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (body: Schemas["NewSmartLink"]) =>
      bodyOf(await client.POST("/v1/smart-links", { body })),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ["smart-links"] }),
        queries.invalidateQueries({ queryKey: ["links"] }),
      ]),
  });
}

export function useChangeSmartLink(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (body: SmartLinkChange) =>
      bodyOf(await client.PATCH("/v1/smart-links/{id}", { params: { path: { id } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["smart-links"] }),
  });
}

/** What another way of choosing would have brought. */
export function replayQuery(id: string, asked: Schemas["ReplayAsked"]) {
  return queryOptions({
    queryKey: ["smart-links", "replay", id, asked],
    queryFn: async ({ signal }) =>
      bodyOf(
        await client.POST("/v1/smart-links/{id}/replay", { params: { path: { id } }, body: asked, signal }),
      ),
  });
}
