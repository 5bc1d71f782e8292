import type { Judgement, Reason, Status } from "./model";

/** What a person may do with a conversion. A refund takes back a part. */
export type Act = "approve" | "reject" | "reverse" | "refund" | "reinstate";

interface Judged {
  status: Status;
  frozen_at?: string | null;
  partner_id?: string | null;
  offer_id?: string | null;
  goal_id?: string | null;
  sale: { minor: number };
  refunded: { minor: number };
}

/** The acts that the state allows, the likeliest first; the server has the same table. */
export function actsOf(conversion: Judged): Act[] {
  const isDivisible = conversion.sale.minor - conversion.refunded.minor > 1;
  switch (conversion.status) {
    case "pending":
      return isDivisible ? ["approve", "reject", "refund"] : ["approve", "reject"];
    case "approved":
    case "locked":
    case "paid":
      return isDivisible ? ["reverse", "refund"] : ["reverse"];
    case "rejected":
    case "reversed":
      // Nobody would earn it: no click, coupon or customer names a partner.
      return conversion.partner_id && conversion.goal_id ? ["reinstate"] : [];
    default:
      return [];
  }
}

/** Acts that can be tried on a choice of conversions: those that at least one of them allows. */
export function bulkActsOf(chosen: readonly Judged[]): Judgement[] {
  const possible = new Set(chosen.flatMap(actsOf));
  return (["approve", "reject", "reverse", "reinstate"] as const).filter((act) => possible.has(act));
}

/** Acts that take something from a partner, and so name their reason. */
export function needsReason(act: Act): boolean {
  return act === "reject" || act === "reverse" || act === "refund";
}

/** An approval cannot be undone (only rejected before it, reversed after it); a whole reversal can: reinstating it restores
 * the state it had. */
export function canBeUndone(act: Act): boolean {
  return act === "reverse";
}

export const TRASH: readonly Reason[] = [
  "bad_contact",
  "duplicate_lead",
  "wrong_geo",
  "test_lead",
  "underage",
];

export const CANCELLED: readonly Reason[] = [
  "customer_refused",
  "unreachable",
  "returned",
  "unpaid",
  "chargeback",
  "kyc_failed",
  "not_qualified",
  "bonus_abuse",
  "multi_account",
  "motivated",
  "scrub_agreed",
];

export const POLICY: readonly Reason[] = [
  "fraud_case",
  "compliance_case",
  "self_referral",
  "existing_customer",
  "coupon_not_allowed",
  "traffic_type_forbidden",
  "test",
];

/** The reason used when a person names none. */
export function usualReason(isAdvertiser: boolean): Reason {
  return isAdvertiser ? "advertiser_other" : "manual";
}

/** Reasons a rule or a person may have given, for a filter. */
export const ALL_REASONS: readonly Reason[] = [
  "manual",
  "advertiser_other",
  ...TRASH,
  ...CANCELLED,
  ...POLICY,
  "fraud_score",
  "no_attribution",
  "bad_click_id",
  "click_not_found",
  "click_offer_mismatch",
  "offer_inactive",
  "goal_unknown",
  "partner_suspended",
  "duplicate_order",
  "duplicate_click_goal",
  "duplicate_customer_goal",
  "too_early",
  "too_late",
  "bad_amount",
  "bad_currency",
  "amount_out_of_range",
];

export const STATUSES: readonly Status[] = ["pending", "approved", "locked", "paid", "rejected", "reversed"];

/** A clock that runs on the conversion, or what stopped it. */
export type Clock =
  | { kind: "frozen"; at: string }
  | { kind: "judging"; until: string }
  | { kind: "unjudged" }
  | { kind: "hold"; until: string }
  | { kind: "none" };

export function clockOf(conversion: {
  status: Status;
  frozen_at?: string | null;
  validation_until?: string | null;
  lock_at?: string | null;
}): Clock {
  if (conversion.frozen_at) return { kind: "frozen", at: conversion.frozen_at };
  if (conversion.status === "pending")
    return conversion.validation_until
      ? { kind: "judging", until: conversion.validation_until }
      : { kind: "unjudged" };
  if (conversion.status === "approved" && conversion.lock_at)
    return { kind: "hold", until: conversion.lock_at };
  return { kind: "none" };
}
