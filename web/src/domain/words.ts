import i18next from "i18next";
import { useTranslation } from "react-i18next";

/** The closed lists whose words the screens speak; each is an object in the namespace `words`. */
export type WordList =
  | "redemption_state"
  | "reward_kind"
  | "reward_reason"
  | "account"
  | "account_change_state"
  | "account_state"
  | "funding"
  | "invoice_kind"
  | "invoice_state"
  | "partners_paid"
  | "payment_kind"
  | "action"
  | "actor_kind"
  | "adjustment_kind"
  | "adjustment_state"
  | "advertiser_state"
  | "attributed_by"
  | "attribution_step"
  | "batch_state"
  | "bump_state"
  | "bonus_base"
  | "bonus_basis"
  | "bonus_state"
  | "call_advice"
  | "call_outcome"
  | "cap_counted"
  | "cap_decision"
  | "cap_grace"
  | "cap_kind"
  | "cap_metric"
  | "cap_on_reach"
  | "cap_period"
  | "cap_request_state"
  | "cap_scope"
  | "cap_state"
  | "channel"
  | "checkup_hop"
  | "checkup_reason"
  | "click_reason"
  | "click_step"
  | "click_verdict"
  | "clock_by"
  | "compare"
  | "condition_mode"
  | "condition_of"
  | "connection"
  | "conversion_reason"
  | "conversion_start"
  | "conversion_status"
  | "conversion_step"
  | "credit_amount"
  | "credit_by"
  | "credit_model"
  | "credit_model_meaning"
  | "cost_category"
  | "coupon_rule"
  | "carry_rule"
  | "coupon_state"
  | "customer_binding"
  | "date_basis"
  | "qualification_state"
  | "result_door"
  | "result_figure"
  | "tier_mode"
  | "decision_change"
  | "decision_change_plain"
  | "decision_value"
  | "decision_verdict"
  | "delivery_error"
  | "delivery_state"
  | "destination"
  | "device"
  | "dialect"
  | "dimension"
  | "domain_finding"
  | "domain_state"
  | "enrollment_state"
  | "entry_kind"
  | "placement_kind"
  | "placement_state"
  | "existing_customers"
  | "export_failure"
  | "export_format"
  | "export_state"
  | "export_subject"
  | "goal_kind"
  | "import_field"
  | "import_finding"
  | "import_kind"
  | "import_platform"
  | "import_state"
  | "import_word"
  | "hop_state"
  | "key_kind"
  | "landing_kind"
  | "landing_state"
  | "link_state"
  | "metric"
  | "metric_formula"
  | "move"
  | "offer_state"
  | "on_file"
  | "partner_state"
  | "pay_model"
  | "payout_method"
  | "payee_field"
  | "payer_field"
  | "payer_help"
  | "payer_unset"
  | "payout_format"
  | "payout_rhythm"
  | "payout_requirement"
  | "payout_state"
  | "postback_event"
  | "postback_kind"
  | "postback_state"
  | "proxy_kind"
  | "rate_source"
  | "receipt_door"
  | "reprice_state"
  | "simulation_why"
  | "receipt_status"
  | "receipt_trust"
  | "redirect_step"
  | "role"
  | "scope"
  | "smart_member_state"
  | "smart_mode"
  | "smart_mode_meaning"
  | "smart_policy"
  | "snippet_kind"
  | "subject"
  | "tag_consent"
  | "targeting_field"
  | "targeting_group"
  | "targeting_match"
  | "targeting_mode"
  | "tax_form_kind"
  | "tax_form_state"
  | "team_role"
  | "traffic_rule"
  | "traffic_type"
  | "validation_expiry"
  | "vertical"
  | "visibility";

/** A code as words when no catalogue knows it: an advertiser's own goal kind, say. */
export function humanized(code: string): string {
  const spaced = code.replace(/[_.:]/g, " ");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

export function wordOf(list: WordList, code: string): string {
  // Scopes are spelt `offers:read`, where a colon would name a namespace.
  return i18next.t(`words:${list}.${code.replaceAll(":", ".")}`, { defaultValue: humanized(code) });
}

/** A sentence of a closed list with the values that it names; the plain one where a value is not told. */
export function sentenceOf(
  list: WordList,
  plain: WordList,
  code: string,
  values: Record<string, string>,
): string {
  const raw: string = i18next.t(`words:${list}.${code}`, { skipInterpolation: true });
  const named = [...raw.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? "");
  const isTold = named.every((name) => name in values);
  return i18next.t(`words:${isTold ? list : plain}.${code}`, { ...values, defaultValue: humanized(code) });
}

/** Reads the words of closed lists: statuses, reasons, roles, metrics. */
export function useWords(): (list: WordList, code: string) => string {
  useTranslation("words");
  return wordOf;
}
