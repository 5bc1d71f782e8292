import { queryOptions, useQuery } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { Problem } from "~/api/problem";
import { bodyOf, type Named, named } from "~/features/offers/model";

export type Formula = Schemas["FormulaOut"];
export type Deal = Named<Schemas["TermsOut"]>;

/** How a brand's net revenue is worked out; null where nothing is agreed yet. */
export function formulaQuery(advertiserId: string) {
  return queryOptions({
    queryKey: ["revenue-share", "formula", advertiserId],
    queryFn: async ({ signal }): Promise<Formula | null> => {
      try {
        const params = { path: { id: advertiserId } };
        return bodyOf(await client.GET("/v1/advertisers/{id}/net-revenue", { params, signal }));
      } catch (thrown) {
        if (Problem.of(thrown).status === 404) return null;
        throw thrown;
      }
    },
  });
}

/** All that was agreed with a brand's partners, newest first. */
export function useDeals(advertiserId: string) {
  return useQuery({
    queryKey: ["revenue-share", "terms", advertiserId],
    queryFn: async ({ signal }) => {
      const params = { query: { advertiser_id: advertiserId } };
      return named(bodyOf(await client.GET("/v1/revenue-share/terms", { params, signal }))).items as Deal[];
    },
  });
}
