import type { Schemas } from "~/api/client";
import type { Page } from "~/api/paging";

export type Offer = Schemas["OfferOut"];
export type OfferState = Schemas["OfferState"];
export type Visibility = Schemas["Visibility"];
export type Goal = Schemas["GoalOut"];
export type GoalKind = Schemas["GoalKind"];
export type Landing = Schemas["LandingOut"];
export type Enrollment = Schemas["EnrollmentOut"];
export type EnrollmentState = Schemas["EnrollmentState"];
export type TrafficRule = Schemas["TrafficRule"];

/** Names by id, of whatever a row speaks of. */
export type Names = Readonly<Record<string, string>>;
export type Named<Row> = Row & { names: Names };

/** A page of a list, its names put to each row so that rows of several pages can lie in one table. */
export function named<Row extends object>(
  page: (Page<Row> & { labels?: object }) | undefined,
): Page<Named<Row>> {
  const names = (page?.labels ?? {}) as Names;
  return { items: (page?.items ?? []).map((row) => ({ ...row, names })), next_cursor: page?.next_cursor };
}

/** The body of an answer: a call that failed has thrown before. */
export function bodyOf<Body>({ data }: { data?: Body }): Body {
  if (data === undefined) throw new Error("the API answered without a body");
  return data;
}

export const OFFER_STATES = ["draft", "active", "paused", "expired"] as const satisfies readonly OfferState[];
export const VISIBILITIES = ["public", "by_approval", "private"] as const satisfies readonly Visibility[];
export const VERTICALS = [
  "e-commerce",
  "finance",
  "games",
  "gambling",
  "betting",
  "dating",
  "nutra",
] as const;
export const GOAL_KINDS = [
  "sale",
  "lead",
  "soi",
  "doi",
  "registration",
  "ftd",
  "deposit",
  "qualified",
  "cod_order",
  "install",
  "subscription",
  "rebill",
  "net_revenue",
  "custom",
] as const satisfies readonly GoalKind[];
export const TRAFFIC_TYPES = [
  "seo",
  "search",
  "brand_search",
  "social_ads",
  "push",
  "pop",
  "native",
  "in_app",
  "email",
  "sms",
  "telegram",
  "influencer",
  "content",
  "coupon",
  "cashback",
  "motivated",
  "adult",
  "own",
] as const;
/** What a link has that declares no traffic type. */
export const TRAFFIC_UNSPECIFIED = "unspecified";

/** Links may be made and carry traffic. */
export function isOpen(state: EnrollmentState): boolean {
  return state === "approved" || state === "testing";
}
