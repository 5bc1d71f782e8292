import { useQuery, useQueryClient } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { useList } from "~/api/paging";
import { bodyOf, type Named, named } from "~/features/offers/model";

export type Coupon = Schemas["CouponOut"];
export type NamedCoupon = Named<Coupon>;
export type CouponState = Schemas["CouponState"];
export type Crediting = Schemas["Crediting"];

export const COUPON_STATES = ["active", "paused", "leaked"] as const satisfies readonly CouponState[];
export const COUPON_RULES = [
  "by_order",
  "click_wins",
  "coupon_wins",
  "reject",
] as const satisfies readonly Crediting["coupon_rule"][];
export const BINDINGS = ["none", "days", "lifetime"] as const satisfies readonly Crediting["binding"][];
export const EXISTING = [
  "allowed",
  "own_only",
  "refused",
] as const satisfies readonly Crediting["existing_customers"][];

export interface CouponFilter {
  advertiser_id?: string;
  partner_id?: string;
  state?: CouponState;
  q?: string;
}

const PAGE = 200;

export function useCoupons(filter: CouponFilter, enabled = true) {
  return useList<NamedCoupon>(
    ["coupons", "list", filter],
    async (cursor, signal) => {
      const query = { ...filter, cursor, limit: PAGE };
      return named(bodyOf(await client.GET("/v1/coupons", { params: { query }, signal })));
    },
    enabled,
  );
}

export function useCouponsChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["coupons"] });
}

export function useCrediting(offerId: string) {
  return useQuery({
    queryKey: ["offers", "crediting", offerId],
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET("/v1/offers/{id}/crediting", { params: { path: { id: offerId } }, signal })),
  });
}
