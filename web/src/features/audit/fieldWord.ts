import type { TFunction } from "i18next";
import type { WordList } from "~/domain/words";

type Word = (list: WordList, code: string) => string;

/** A remembered field's name as people read it; an unknown one as the API spells it. */
export function fieldWord(t: TFunction<"audit">, word: Word, field: string): string {
  const [head = field, ...rest] = field.split(".");
  const name = knownFields(t)[head] ?? head;
  if (rest.length === 0) return name;
  const tail = rest.join(".");
  if (head === "traffic_rules") return `${name}: ${word("traffic_type", tail)}`;
  return `${name}: ${knownFields(t)[tail] ?? tail}`;
}

function knownFields(t: TFunction<"audit">): Readonly<Record<string, string>> {
  return { ...ofOffers(t), ...ofOthers(t) };
}

function ofOffers(t: TFunction<"audit">): Readonly<Record<string, string>> {
  return {
    allowed_hosts: t("field.allowed_hosts"),
    attribution_order: t("field.attribution_order"),
    click_to_conversion_max_days: t("field.click_to_conversion_max_days"),
    click_to_conversion_min_seconds: t("field.click_to_conversion_min_seconds"),
    view_to_conversion_hours: t("field.view_to_conversion_hours"),
    tag_consent: t("field.tag_consent"),
    margin_floor: t("field.margin_floor"),
    margin_words: t("field.margin_words"),
    conversion_start: t("field.conversion_start"),
    description: t("field.description"),
    duplicate_window_hours: t("field.duplicate_window_hours"),
    ends_at: t("field.ends_at"),
    fallback_url: t("field.fallback_url"),
    goal_id: t("field.goal_id"),
    hold_days: t("field.hold_days"),
    is_primary: t("field.is_primary"),
    kind: t("field.kind"),
    landing_id: t("field.landing_id"),
    landing_parameter: t("field.landing_parameter"),
    many_per_click: t("field.many_per_click"),
    pay_model: t("field.pay_model"),
    assist_percent: t("field.assist_percent"),
    minor: t("field.minor"),
    passes_extra_parameters: t("field.passes_extra_parameters"),
    payout: t("field.payout"),
    percent: t("field.percent"),
    rates: t("field.rates"),
    revenue: t("field.revenue"),
    starts_at: t("field.starts_at"),
    traffic_rules: t("field.traffic_rules"),
    url: t("field.url"),
    utm_template: t("field.utm_template"),
    valid_from: t("field.valid_from"),
    validation_days: t("field.validation_days"),
    validation_expiry: t("field.validation_expiry"),
    vertical: t("field.vertical"),
    visibility: t("field.visibility"),
  };
}

function ofOthers(t: TFunction<"audit">): Readonly<Record<string, string>> {
  return {
    accepts_pixel: t("field.accepts_pixel"),
    advertiser_id: t("field.advertiser_id"),
    approved_traffic_types: t("field.approved_traffic_types"),
    country: t("field.country"),
    currency: t("field.currency"),
    dialects: t("field.dialects"),
    email: t("field.email"),
    expires_at: t("field.expires_at"),
    external_refs: t("field.external_refs"),
    failure_reason: t("field.failure_reason"),
    frozen_hash: t("field.frozen_hash"),
    group: t("field.group"),
    hint: t("field.hint"),
    host: t("field.host"),
    ip_allow_list: t("field.ip_allow_list"),
    language: t("field.language"),
    manager_id: t("field.manager_id"),
    method: t("field.method"),
    min_trust: t("field.min_trust"),
    name: t("field.name"),
    offer_id: t("field.offer_id"),
    owner: t("field.owner"),
    partner_id: t("field.partner_id"),
    payouts: t("field.payouts"),
    reason: t("field.reason"),
    reference: t("field.reference"),
    reporting_currency: t("field.reporting_currency"),
    role: t("field.role"),
    scopes: t("field.scopes"),
    slug: t("field.slug"),
    state: t("field.state"),
    state_reason: t("field.state_reason"),
    status_map: t("field.status_map"),
    tags: t("field.tags"),
    timezone: t("field.timezone"),
    total_minor: t("field.total_minor"),
    traffic_type: t("field.traffic_type"),
    trafficback_url: t("field.trafficback_url"),
    trafficback_verified_host: t("field.trafficback_verified_host"),
    user_id: t("field.user_id"),
  };
}
