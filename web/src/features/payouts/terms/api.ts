import { queryOptions } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { bodyOf } from "~/features/offers/model";

export type PayoutTerms = Schemas["PayoutTerms"];
export type PayoutFee = Schemas["PayoutFee"];
export type PayeeTerms = Schemas["PayeeTerms"];
export type FeeBearer = Schemas["FeeBearer"];

export const FEE_BEARERS = ["workspace", "partner"] as const satisfies readonly FeeBearer[];
/** Hundredths of a per cent in one per cent. */
export const HUNDREDTHS = 100;

export const termsQuery = queryOptions({
  queryKey: ["payout-terms"],
  queryFn: async ({ signal }) => bodyOf(await client.GET("/v1/payout-terms", { signal })),
});

export async function saveTerms(body: PayoutTerms): Promise<PayoutTerms> {
  return bodyOf(await client.PUT("/v1/payout-terms", { body }));
}

export function payeeTermsQuery(partnerId: string) {
  return queryOptions({
    queryKey: ["payout-terms", partnerId],
    queryFn: async ({ signal }) => {
      const params = { path: { id: partnerId } };
      return bodyOf(await client.GET("/v1/partners/{id}/payout-terms", { params, signal }));
    },
  });
}

export async function savePayeeTerms(partnerId: string, body: PayeeTerms): Promise<PayeeTerms> {
  const params = { path: { id: partnerId } };
  return bodyOf(await client.PUT("/v1/partners/{id}/payout-terms", { params, body }));
}
