import { queryOptions } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { Problem } from "~/api/problem";
import { bodyOf } from "~/features/offers/model";

export type Details = Schemas["BillingDetailsOut"];
export type DetailsIn = Schemas["DetailsIn"];

/** Whose billing details: the workspace's own where nobody is named. */
export type Whose = { partner: string } | { advertiser: string } | undefined;

export const LEGAL_FORMS = [
  "company",
  "sole_trader",
  "person",
] as const satisfies readonly Schemas["LegalForm"][];

function read(whose: Whose, signal: AbortSignal) {
  if (!whose) return client.GET("/v1/billing-details", { signal });
  if ("partner" in whose)
    return client.GET("/v1/partners/{id}/billing-details", {
      params: { path: { id: whose.partner } },
      signal,
    });
  return client.GET("/v1/advertisers/{id}/billing-details", {
    params: { path: { id: whose.advertiser } },
    signal,
  });
}

/** Nothing where none were given yet. */
export function detailsQuery(whose: Whose) {
  return queryOptions({
    queryKey: ["papers", "details", whose ?? null],
    queryFn: async ({ signal }): Promise<Details | null> => {
      try {
        return bodyOf(await read(whose, signal));
      } catch (thrown) {
        if (Problem.of(thrown).status === 404) return null;
        throw thrown;
      }
    },
  });
}

export async function writeDetails(whose: Whose, body: DetailsIn): Promise<Details> {
  if (!whose) return bodyOf(await client.PUT("/v1/billing-details", { body }));
  if ("partner" in whose) {
    const params = { path: { id: whose.partner } };
    return bodyOf(await client.PUT("/v1/partners/{id}/billing-details", { params, body }));
  }
  const params = { path: { id: whose.advertiser } };
  return bodyOf(await client.PUT("/v1/advertisers/{id}/billing-details", { params, body }));
}
