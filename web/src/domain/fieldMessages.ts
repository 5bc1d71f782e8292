/**
 * The server's messages about single fields, by the key of their translation below `refusals:fields`. A named group is
 * handed to the translation as the variable of that name. A Vitest test holds this table against the server's source.
 */
export const FIELD_MESSAGES: readonly (readonly [slug: string, message: string | RegExp])[] = [
  ["empty", "must not be empty"],
  ["characters_max", /^must be at most (?<count>\d+) characters$/],
  ["control_characters", "must not hold control characters"],
  ["plain_text", /^must be plain text of at most (?<count>\d+) characters$/],
  ["entries_max", /^must have at most (?<count>\d+) entries$/],
  ["words_max", /^must have at most (?<count>\d+) words$/],
  ["range", /^must be (?<least>-?\d+) to (?<most>-?\d+)$/],
  ["word", "must be a word of letters, digits, _ - : or ., at most 60 bytes"],
  ["email", "must be an e-mail address"],
  ["dialects", /^must be some of (?<words>.+)$/],
  ["dialect_token", "must have 6 to 128 characters without blanks"],
  ["dialect_tokens_max", /^a workspace has at most (?<count>\d+) tokens$/],
  ["language", "must be en, ru or pl"],
  ["currency", "must be an ISO 4217 currency such as EUR"],
  ["country", "must be a country code such as PL"],
  // Postbacks.
  ["whose", "must say whose it is"],
  ["same_kind", "must be of the same kind; set another one up instead"],
  ["goals_of_offer", "must name goals of the offer"],
  ["some_event", "must name at least one event"],
  ["key_signs", "must be letters, digits and signs of a key"],
  ["figures_id", "must be an id of figures"],
  ["replay_state", "must be failed, held or delivered"],
  // People and keys.
  ["password_needed", "is needed from somebody new"],
  ["role", /^must be owner, .+$/],
  ["partner_member_needs_partner", "a partner's member needs a partner"],
  ["advertiser_member_needs_advertiser", "an advertiser's member needs one"],
  ["only_partner_member", "only a partner's member has a partner"],
  ["only_advertiser_member", "only an advertiser's member has one"],
  ["staff_manager", "must be a member of this workspace's staff"],
  ["scopes_count", /^a key has 1 to (?<count>\d+) scopes$/],
  ["scope_unknown", /^there is no scope (?<scope>.+)$/],
  ["expiry_ahead", "must lie ahead"],
  // Offers, goals and rates.
  ["goals_count", /^must name 1 to (?<count>\d+) goals$/],
  ["goals_max", /^an offer has at most (?<count>\d+) goals$/],
  ["one_primary", "must have one primary goal"],
  ["primary_stays", "make another goal the primary one instead"],
  ["goal_name_taken", "must be unique within the offer"],
  ["goal_of_offer", "must be a goal of this offer, each once"],
  ["landings_max", /^an offer has at most (?<count>\d+) landing pages$/],
  ["partner_needed", "must name a partner"],
  ["cap_scope_named", "must be named for a cap of this scope"],
  ["cap_test_total", "must be total for a test cap"],
  ["cap_goals_conversions", "must be one of conversions for a cap on goals"],
  ["cap_pending_traffic", "must not be pending for clicks and views"],
  ["cap_not_revenue", "must not be the advertiser's revenue"],
  ["coupon_offers", "must be offers of the coupon's advertiser"],
  ["coupon_until", "must come after valid_from"],
  ["cap_offer_currency", "must be the currency of the offer"],
  ["smart_offers_count", /^must name 1 to (?<count>\d+) offers$/],
  ["smart_offers_once", "must name each offer once"],
  [
    "smart_offers_max",
    /^a smart link has at most (?<count>\d+) offers in its life, those taken out among them$/,
  ],
  ["ends_after_start", "must come after starts_at"],
  ["attribution_order", "must name at least one way, each once"],
  ["parameter_name", "must be 1 to 60 letters, digits, _ - or ."],
  ["query_template", "must be a query such as utm_source=tributary, without ?, # or blanks"],
  ["rate", "must be an amount of 0 to 1000000000000 minor units or 0 to 1000 per cent"],
  ["not_past", "must not lie in the past"],
  ["rules_max", /^a plan holds at most (?<count>\d+) rules$/],
  ["versions_max", /^a plan has at most (?<count>\d+) versions$/],
  ["minimum_payouts", "must be amounts of 0 or more by currency code"],
  // Targeting.
  ["targeting_conditions", /^must have at most (?<count>\d+) conditions$/],
  ["targeting_values_all", /^must have at most (?<count>\d+) values in all$/],
  ["targeting_values", /^must have 1 to (?<count>\d+) values$/],
  ["targeting_match", "is not how this field is compared"],
  ["targeting_device", "must be desktop, mobile, tablet or other"],
  ["targeting_connection", "must be cellular, cable_dsl, corporate, satellite or dialup"],
  ["targeting_numbers", "must be numbers such as 100..199"],
  ["targeting_country", "must be a country's code of two letters, such as PL"],
  ["targeting_language", "must be a language's code, such as pl"],
  ["targeting_proxy", "must be any, none, vpn, public, hosting, residential, tor or relay"],
  ["targeting_asn", "must be a network's number such as AS13335, or a range such as 64512..65534"],
  [
    "targeting_version",
    "must be a version such as 17.5, a range such as 12..14, or either behind a name: Android 12..14",
  ],
  ["targeting_patterns", "must be at most 100 patterns"],
  ["targeting_day_part", "must be days and hours such as mon-fri 08:00-20:00"],
  ["targeting_schedule", "must be from..to, such as 2026-12-01..2026-12-24 or 2026-12-01T08:00.."],
  ["timezone_iana", "must be an IANA time zone such as Europe/Warsaw"],
  ["plain_bytes", /^must be plain text of at most (?<count>\d+) bytes$/],
  ["bytes_each", /^must be at most (?<count>\d+) bytes each$/],
  ["ip_address", "must be an IP address"],
  // Hosts and addresses.
  ["host", "must be a host such as shop.example"],
  ["host_own", "must be a host name of its own such as go.riverside.example"],
  ["host_public", "must name a host of the public internet"],
  ["network", /^(?<entry>.+) is no address or network such as 203\.0\.113\.0\/24$/],
  ["url_length", "must have 1 to 2048 bytes"],
  ["url_blanks", "must not hold blanks, control characters or backslashes"],
  ["url_scheme", "must begin with http:// or https://"],
  ["url_user", "must not hold a user name or password"],
  ["url_host_macro", "must not have a macro in its host"],
  ["url_unreadable", "cannot be read as an address"],
  ["macro_address", "cannot be read as an address with macros"],
  ["url_no_host", "must name a host"],
  ["url_number_host", "must not write a number as its host"],
  ["url_private", "must not lie in a private network"],
];

/** Which known message this is, with what it names; `undefined` for one that the table does not know. */
export function knownFieldMessage(
  message: string,
): { slug: string; named: Record<string, string> } | undefined {
  for (const [slug, known] of FIELD_MESSAGES) {
    if (known === message) return { slug, named: {} };
    const match = typeof known === "string" ? null : known.exec(message);
    if (match) return { slug, named: { ...match.groups } };
  }
  return undefined;
}
