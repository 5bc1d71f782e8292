import type { Schemas } from "~/api/client";

export type Meaning = Schemas["Meaning"];
export type MappedState = Schemas["MappedState"];
export type StatusMap = Readonly<Record<string, Meaning>>;

export const MAPPED_STATES = [
  "pending",
  "approved",
  "rejected",
  "reversed",
] as const satisfies readonly MappedState[];

/** An advertiser's own verdicts: why a word rejects or takes back. */
export const VERDICTS = [
  "bad_contact",
  "duplicate_lead",
  "wrong_geo",
  "test_lead",
  "underage",
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
  "advertiser_other",
] as const satisfies readonly Schemas["ConversionReason"][];

/** Only a word that rejects or takes back has a reason. */
export function hasReason(state: MappedState): boolean {
  return state === "rejected" || state === "reversed";
}

/** A word as it is kept: without blanks around it, in lower case. */
export function wordOf(typed: string): string {
  return typed.trim().toLowerCase();
}

/** The meaning with another state; a reason that no longer belongs goes. */
export function withState(meaning: Meaning, state: MappedState): Meaning {
  if (!hasReason(state)) return { state };
  return { state, reason: meaning.reason ?? "advertiser_other" };
}

/** Words that differ from those that are kept: all that must be sent. */
export function changedWords(before: StatusMap, after: StatusMap): Record<string, Meaning> {
  const differs = ([word, meaning]: [string, Meaning]) => {
    const was = before[word];
    return was?.state !== meaning.state || (was?.reason ?? null) !== (meaning.reason ?? null);
  };
  return Object.fromEntries(Object.entries(after).filter(differs));
}
