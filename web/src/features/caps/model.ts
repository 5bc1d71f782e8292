import { useQueryClient } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { useList } from "~/api/paging";
import { bodyOf, type Named, named } from "~/features/offers/model";

export type Cap = Schemas["CapOut"];
export type NamedCap = Named<Cap>;
export type CapMetric = Schemas["CapMetric"];
export type CapPeriod = Schemas["Period"];
export type CapScope = Schemas["CapScope"];
export type OnReach = Schemas["OnReach"];
export type Grace = Schemas["GraceKind"];
export type Counted = Schemas["CountedStatus"];
export type CapState = Schemas["CapState"];

export const METRICS = [
  "conversions",
  "payout",
  "revenue",
  "clicks",
  "views",
] as const satisfies readonly CapMetric[];
export const PERIODS = ["hour", "day", "week", "month", "total"] as const satisfies readonly CapPeriod[];
export const SCOPES = [
  "offer",
  "partner",
  "goal",
  "source",
  "advertiser",
  "workspace",
] as const satisfies readonly CapScope[];
export const ACTIONS = ["reject", "redirect", "pending", "alert"] as const satisfies readonly OnReach[];
export const GRACES = ["none", "hours", "day"] as const satisfies readonly Grace[];
export const COUNTED = ["pending", "approved", "rejected"] as const satisfies readonly Counted[];
export const STATES = ["active", "paused", "ended"] as const satisfies readonly CapState[];

export const isMoney = (metric: CapMetric) => metric === "payout" || metric === "revenue";
export const isTraffic = (metric: CapMetric) => metric === "views" || metric === "clicks";

export interface CapFilter {
  offer_id?: string;
  partner_id?: string;
  metric?: CapMetric;
  scope?: CapScope;
  state?: CapState;
  decision?: Schemas["CapDecision"];
}

const PAGE = 200;

export function useCaps(filter: CapFilter, enabled = true) {
  return useList<NamedCap>(
    ["caps", "list", filter],
    async (cursor, signal) => {
      const query = { ...filter, cursor, limit: PAGE };
      return named(bodyOf(await client.GET("/v1/caps", { params: { query }, signal })));
    },
    enabled,
  );
}

export function useCapsChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["caps"] });
}
