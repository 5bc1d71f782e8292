import { useQueryClient } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { useList } from "~/api/paging";
import { bodyOf, type Named, named } from "~/features/offers/model";

export type Cost = Named<Schemas["CostOut"]>;
export type CostCategory = Schemas["CostCategory"];

export const COST_CATEGORIES = [
  "fees",
  "ads",
  "salaries",
  "tools",
  "other",
] as const satisfies readonly CostCategory[];

export interface CostFilter {
  category?: CostCategory;
  partner_id?: string;
  offer_id?: string;
  advertiser_id?: string;
  from?: string;
  to?: string;
  removed?: boolean;
}

const PAGE = 200;

export function useCosts(filter: CostFilter) {
  return useList<Cost>(["costs", "list", filter], async (cursor, signal) => {
    const query = { ...filter, cursor, limit: PAGE };
    return named(bodyOf(await client.GET("/v1/programme-costs", { params: { query }, signal })));
  });
}

/** After a change: the costs, and the reports that are made of them. */
export function useCostsChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await queries.invalidateQueries({ queryKey: ["costs"] });
    await queries.invalidateQueries({ queryKey: ["report"] });
  };
}
