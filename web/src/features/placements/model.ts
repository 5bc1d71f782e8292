import { useQueryClient } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { useList } from "~/api/paging";
import { bodyOf, type Named, named } from "~/features/offers/model";

export type Placement = Named<Schemas["PlacementOut"]>;
export type PlacementKind = Schemas["PlacementKind"];
export type PlacementState = Schemas["PlacementState"];

export const PLACEMENT_KINDS = [
  "post",
  "newsletter",
  "stream",
  "review",
] as const satisfies readonly PlacementKind[];
export const PLACEMENT_STATES = [
  "agreed",
  "proven",
  "waiting",
  "accepted",
  "missed",
  "cancelled",
] as const satisfies readonly PlacementState[];

export interface PlacementFilter {
  partner_id?: string;
  offer_id?: string;
  kind?: PlacementKind;
  state?: PlacementState;
  from?: string;
  to?: string;
}

const PAGE = 200;

export function usePlacements(filter: PlacementFilter) {
  return useList<Placement>(["placements", "list", filter], async (cursor, signal) => {
    const query = { ...filter, cursor, limit: PAGE };
    return named(bodyOf(await client.GET("/v1/placements", { params: { query }, signal })));
  });
}

/** After a change: the placements, and the partner's balance, which an accepted one moves. */
export function usePlacementsChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await queries.invalidateQueries({ queryKey: ["placements"] });
    await queries.invalidateQueries({ queryKey: ["balance"] });
  };
}
