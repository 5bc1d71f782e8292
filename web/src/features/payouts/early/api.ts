import { queryOptions } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { bodyOf } from "~/features/offers/model";
import type { Names } from "../model";

export type EarlyPayout = Schemas["EarlyPayoutOut"];

/** Requests that wait, of a partner or of all. */
export function earlyPayoutsQuery(partnerId?: string) {
  return queryOptions({
    queryKey: ["early-payouts", partnerId ?? "all"],
    queryFn: async ({ signal }) => {
      const query = { state: "asked" as const, partner_id: partnerId };
      const page = bodyOf(await client.GET("/v1/early-payouts", { params: { query }, signal }));
      return { items: page.items, names: (page as { labels?: Names }).labels ?? {} };
    },
  });
}

export async function askEarlyPayout(currency: string): Promise<EarlyPayout> {
  return bodyOf(await client.POST("/v1/early-payouts", { body: { currency } }));
}

export async function withdrawEarlyPayout(id: string): Promise<EarlyPayout> {
  const params = { path: { id } };
  return bodyOf(await client.POST("/v1/early-payouts/{id}/withdraw", { params }));
}

export async function approveEarlyPayout(id: string): Promise<EarlyPayout> {
  const params = { path: { id } };
  return bodyOf(await client.POST("/v1/early-payouts/{id}/approve", { params }));
}

export async function declineEarlyPayout(id: string, reason: string): Promise<EarlyPayout> {
  const params = { path: { id } };
  return bodyOf(await client.POST("/v1/early-payouts/{id}/decline", { params, body: { reason } }));
}
