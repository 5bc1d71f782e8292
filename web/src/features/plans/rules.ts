import type { Schemas } from "~/api/client";
import type { Effect } from "./effect";

type Plan = Schemas["PlanOut"];

/** What one partner has of its own now, by goal. */
export function ownRates(earnings: Plan, partnerId: string): Map<string, Effect> {
  const inForce = earnings.versions.find((version) => version.in_force);
  const own = (inForce?.rules ?? []).filter(({ conditions }) => conditions?.partner_id === partnerId);
  return new Map(
    own.flatMap(({ conditions, effect }) => (conditions?.goal_id ? [[conditions.goal_id, effect]] : [])),
  );
}

export type VersionPlace = "in_force" | "planned" | "past";

export function placeOf(version: Schemas["VersionOut"], now: number): VersionPlace {
  if (version.in_force) return "in_force";
  return Date.parse(version.valid_from) > now ? "planned" : "past";
}
