import { useQuery, useQueryClient } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { useList } from "~/api/paging";
import { bodyOf, type Named, named } from "~/features/offers/model";

export type Postback = Named<Schemas["PostbackOut"]>;
export type Webhook = Named<Schemas["WebhookOut"]>;
export type Delivery = Named<Schemas["DeliveryOut"]>;
export type DeliveryDetail = Schemas["DeliveryDetail"];
export type DeliveryState = Schemas["DeliveryState"];
export type EventRule = Schemas["EventRule"];
export type PostbackEvent = Schemas["PostbackEvent"];
export type PostbackKind = Schemas["PostbackKind"];
export type Target = Schemas["TargetIn"];

const OF_CLICKS = ["click"] as const satisfies readonly PostbackEvent[];
const OF_CONVERSIONS = [
  "pending",
  "approved",
  "locked",
  "rejected",
  "reversed",
  "paid",
  "changed",
] as const satisfies readonly PostbackEvent[];
export const OF_WORKSPACE = [
  "partner_created",
  "partner_approved",
  "enrollment_requested",
  "enrollment_approved",
  "enrollment_rejected",
  "payout_paid",
  "payout_failed",
  "offer_changed",
  "cap_reached",
  "alert_opened",
] as const satisfies readonly PostbackEvent[];
export const EVENTS: readonly PostbackEvent[] = [...OF_CLICKS, ...OF_CONVERSIONS, ...OF_WORKSPACE];

/** What a setting of each kind can be told of. */
export function eventsOf(kind: PostbackKind): readonly PostbackEvent[] {
  if (kind === "url") return [...OF_CLICKS, ...OF_CONVERSIONS];
  return kind === "webhook" ? [...OF_CONVERSIONS, ...OF_WORKSPACE] : OF_CONVERSIONS;
}
/** What a partner may be told by. */
export const KINDS = ["url", "meta", "tiktok", "google_ads"] as const satisfies readonly PostbackKind[];
export const DELIVERY_STATES = [
  "waiting",
  "delivered",
  "failed",
  "held",
  "skipped",
] as const satisfies readonly DeliveryState[];
/** States from which many are sent again at once. */
export const REPLAYED_STATES: readonly string[] = ["failed", "held", "delivered"];
/** How often a log with something waiting is read anew. */
const LOOK_MS = 5_000;
const PAGE = 100;

export interface LogFilter {
  postback_id?: string;
  webhook_id?: string;
  partner_id?: string;
  conversion_id?: string;
  kind?: PostbackKind;
  state?: DeliveryState;
  event?: PostbackEvent;
}

export function usePostbacks(partnerId: string | undefined) {
  return useList<Postback>(["postbacks", "list", partnerId], async (cursor, signal) => {
    const query = { partner_id: partnerId, cursor, limit: PAGE };
    return named(bodyOf(await client.GET("/v1/postbacks", { params: { query }, signal })));
  });
}

export function useWebhooks() {
  return useList<Webhook>(["postbacks", "webhooks"], async (_, signal) =>
    named(bodyOf(await client.GET("/v1/webhooks", { signal }))),
  );
}

export function useLog(filter: LogFilter) {
  return useList<Delivery>(["postbacks", "log", filter], async (cursor, signal) => {
    const query = { ...filter, cursor, limit: PAGE };
    return named(bodyOf(await client.GET("/v1/deliveries", { params: { query }, signal })));
  });
}

export function useDelivery(id: string) {
  return useQuery({
    queryKey: ["postbacks", "delivery", id],
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET("/v1/deliveries/{id}", { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data?.state === "waiting" ? LOOK_MS : false),
  });
}

export function useEventTypes() {
  return useQuery({
    queryKey: ["postbacks", "event-types"],
    queryFn: async ({ signal }) => bodyOf(await client.GET("/v1/webhooks/event-types", { signal })).items,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Reads settings and log anew after a change. */
export function usePostbacksChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["postbacks"] });
}
