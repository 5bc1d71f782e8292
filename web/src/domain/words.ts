import i18next from "i18next";
import { useTranslation } from "react-i18next";

/** The closed lists whose words the screens speak; each is an object in the namespace `words`. */
export type WordList =
  | "account"
  | "action"
  | "actor_kind"
  | "advertiser_state"
  | "click_reason"
  | "click_verdict"
  | "conversion_reason"
  | "conversion_status"
  | "country_unknown"
  | "device"
  | "dimension"
  | "domain_state"
  | "enrollment_state"
  | "entry_kind"
  | "goal_kind"
  | "landing_kind"
  | "link_state"
  | "metric"
  | "metric_formula"
  | "offer_state"
  | "partner_state"
  | "payout_method"
  | "payout_state"
  | "batch_state"
  | "receipt_door"
  | "receipt_status"
  | "receipt_trust"
  | "role"
  | "subject"
  | "team_role"
  | "traffic_rule"
  | "traffic_type"
  | "validation_expiry"
  | "vertical"
  | "visibility";

/** A code as words when no catalogue knows it: an advertiser's own goal kind, say. */
export function humanized(code: string): string {
  const spaced = code.replaceAll("_", " ");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

export function wordOf(list: WordList, code: string): string {
  return i18next.t(`words:${list}.${code}`, { defaultValue: humanized(code) });
}

/** Reads the words of closed lists: statuses, reasons, roles, metrics. */
export function useWords(): (list: WordList, code: string) => string {
  useTranslation("words");
  return wordOf;
}
