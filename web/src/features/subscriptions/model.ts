import { queryOptions } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { useList } from "~/api/paging";
import { bodyOf } from "~/features/offers/model";

export type Subscription = Schemas["SubscriptionOut"];
export type Fee = Schemas["SubscriptionFeeOut"];
export type Plan = Schemas["SubscriptionPlanOut"];
export type SubscriptionPeriod = Schemas["SubscriptionPeriod"];
export type ChangeFrom = Schemas["ChangeFrom"];
export type Preview = Schemas["SubscriptionPreviewOut"];
export type Reminders = Schemas["SubscriptionReminders"];

export const PERIODS = ["month", "quarter", "year"] as const satisfies readonly SubscriptionPeriod[];
export const FROMS = ["now", "next_period"] as const satisfies readonly ChangeFrom[];

const PAGE = 200;

/** Below `billing`, so that whatever changes bills is followed here too. */
export function subscriptionQuery(advertiserId: string) {
  return queryOptions({
    queryKey: ["billing", "subscription", advertiserId],
    queryFn: async ({ signal }) => {
      const params = { path: { id: advertiserId } };
      return bodyOf(await client.GET("/v1/advertisers/{id}/subscription", { params, signal }));
    },
  });
}

export function usePlans(filter: { is_archived?: boolean }, isEnabled = true) {
  return useList<Plan>(
    ["billing", "subscription-plans", filter],
    async (cursor, signal) => {
      const query = { ...filter, cursor, limit: PAGE };
      return bodyOf(await client.GET("/v1/subscription-plans", { params: { query }, signal }));
    },
    isEnabled,
  );
}

export const remindersQuery = queryOptions({
  queryKey: ["billing", "subscription-reminders"],
  queryFn: async ({ signal }) => bodyOf(await client.GET("/v1/subscription-reminders", { signal })),
});

/** What a step would charge and give back; nothing is made of it. */
export function previewQuery(subscription: Subscription, planId: string | null, from: ChangeFrom) {
  const params = { path: { id: subscription.id } };
  return queryOptions({
    queryKey: ["billing", "subscription-preview", subscription.id, planId, from],
    queryFn: async ({ signal }): Promise<Preview> =>
      planId === null
        ? bodyOf(await client.POST("/v1/subscriptions/{id}/preview-end", { params, body: { from }, signal }))
        : bodyOf(
            await client.POST("/v1/subscriptions/{id}/preview", {
              params,
              body: { plan_id: planId, from },
              signal,
            }),
          ),
    retry: false,
  });
}
