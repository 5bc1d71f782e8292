import { queryOptions } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { bodyOf } from "~/features/offers/model";

export type Requirement = Schemas["PayoutRequirement"];
export type Standing = Schemas["PartnerRequirements"];
export type Demands = Schemas["PayoutDemands"];
export type BilledBy = Schemas["BilledBy"];

export const REQUIREMENTS = ["tax_form", "billing_details"] as const satisfies readonly Requirement[];

export const BILLERS = ["self_billing", "own_invoice"] as const satisfies readonly BilledBy[];

/** What is demanded of all partners, and who writes the invoices. */
export const demandsQuery = queryOptions({
  queryKey: ["payout-requirements", "all"],
  queryFn: async ({ signal }) => bodyOf(await client.GET("/v1/payout-requirements", { signal })),
});

export async function demandOfAll(body: Demands): Promise<Demands> {
  return bodyOf(await client.PUT("/v1/payout-requirements", { body }));
}

/** What is demanded of one partner, and how it stands with each. */
export function standingQuery(partnerId: string) {
  return queryOptions({
    queryKey: ["payout-requirements", "of", partnerId],
    queryFn: async ({ signal }) => {
      const params = { path: { id: partnerId } };
      return bodyOf(await client.GET("/v1/partners/{id}/payout-requirements", { params, signal }));
    },
  });
}

export async function demandOfOne(partnerId: string, body: Demands): Promise<Standing> {
  const params = { path: { id: partnerId } };
  return bodyOf(await client.PUT("/v1/partners/{id}/payout-requirements", { params, body }));
}
