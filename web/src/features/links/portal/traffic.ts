import type { Schemas } from "~/api/client";
import { TRAFFIC_TYPES, TRAFFIC_UNSPECIFIED } from "~/features/offers/model";

export type TrafficRules = Schemas["TrafficRules"];

export interface SortedTraffic {
  forbidden: string[];
  byApproval: string[];
  /** By approval, and approved for this partner. */
  approved: string[];
}

/** The kinds of traffic that an offer names, each in its group; whatever it does not name is allowed. */
export function sortedTraffic(rules: TrafficRules, approvedTypes: readonly string[]): SortedTraffic {
  const named = Object.keys(rules).sort(
    (one, other) => place(one) - place(other) || one.localeCompare(other),
  );
  const approval = named.filter((type) => rules[type] === "by_approval");
  return {
    forbidden: named.filter((type) => rules[type] === "forbidden"),
    byApproval: approval.filter((type) => !approvedTypes.includes(type)),
    approved: approval.filter((type) => approvedTypes.includes(type)),
  };
}

function place(type: string): number {
  const index = (TRAFFIC_TYPES as readonly string[]).indexOf(type);
  return index < 0 ? TRAFFIC_TYPES.length : index;
}

/** The kinds a link may declare: what is neither forbidden nor waits for an approval. */
export function usableTraffic(rules: TrafficRules, approvedTypes: readonly string[]): string[] {
  const own = Object.keys(rules).filter((type) => !TRAFFIC_TYPES.some((known) => known === type));
  return [TRAFFIC_UNSPECIFIED, ...TRAFFIC_TYPES, ...own].filter((type) => {
    const rule = rules[type];
    return (
      rule === undefined || rule === "allowed" || (rule === "by_approval" && approvedTypes.includes(type))
    );
  });
}
