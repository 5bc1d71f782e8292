//! What the fields are, and what the platforms call them in their exports: data alone.
//!
//! Names are compared without case, blanks, dots and underscores, so that `Offer.id`, `offer_id` and `Offer ID` are one.
//! TUNE's are those of its API's models and report headings, Everflow's of its export endpoints and report headings,
//! Affise's of its API and statistics, Keitaro's of its reports and logs.

use std::collections::BTreeMap;

use super::model::{ImportKind as K, ImportPlatform as P, Mapping};

/// A field that a kind of row has.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub name: &'static str,
    pub is_required: bool,
    /// The words it may hold; any text where empty.
    pub words: &'static [&'static str],
}

const fn needed(name: &'static str) -> Field {
    Field { name, is_required: true, words: &[] }
}

const fn free(name: &'static str) -> Field {
    Field { name, is_required: false, words: &[] }
}

const fn word(name: &'static str, words: &'static [&'static str]) -> Field {
    Field { name, is_required: false, words }
}

const OFFERS: &[Field] = &[
    needed("id"),
    needed("name"),
    needed("landing_url"),
    free("advertiser_id"),
    free("advertiser_name"),
    word("status", &["active", "paused", "expired"]),
    free("currency"),
    free("goal"),
    free("payout"),
    free("payout_percent"),
    free("revenue"),
    free("revenue_percent"),
    free("link_id"),
    free("vertical"),
];
const PARTNERS: &[Field] = &[
    needed("id"),
    needed("name"),
    needed("email"),
    word("status", &["active", "pending", "suspended", "banned", "rejected"]),
    free("country"),
    free("group"),
    word("language", &["en", "ru", "pl"]),
    free("link_id"),
];
const LINKS: &[Field] = &[
    needed("offer"),
    needed("partner"),
    free("id"),
    free("alias"),
    free("name"),
    word("status", &["active", "archived"]),
    free("traffic_type"),
];
const CLICKS: &[Field] = &[
    needed("id"),
    needed("at"),
    free("offer"),
    free("partner"),
    free("link"),
    free("country"),
    free("source_id"),
    free("sub1"),
    free("sub2"),
    free("sub3"),
    free("sub4"),
    free("sub5"),
    free("sub6"),
    free("sub7"),
    free("sub8"),
    free("sub9"),
    free("sub10"),
];
const CUSTOMERS: &[Field] =
    &[needed("id"), needed("partner"), free("offer"), free("advertiser"), free("first_seen_at"), free("bound_until")];
const CONVERSIONS: &[Field] = &[
    needed("id"),
    needed("at"),
    needed("payout"),
    free("offer"),
    free("partner"),
    free("click"),
    free("click_at"),
    word("status", &["pending", "approved", "leave_out"]),
    free("goal"),
    free("order_id"),
    free("sale"),
    free("revenue"),
    free("currency"),
];
const BALANCES: &[Field] = &[
    needed("amount"),
    free("partner"),
    free("advertiser"),
    word("side", &["payable", "debt", "receivable", "prepaid"]),
    free("currency"),
    free("id"),
];

/// The fields of a kind, those that are needed first.
pub const fn fields(kind: K) -> &'static [Field] {
    match kind {
        K::Offers => OFFERS,
        K::Partners => PARTNERS,
        K::Links => LINKS,
        K::Clicks => CLICKS,
        K::Customers => CUSTOMERS,
        K::Conversions => CONVERSIONS,
        K::Balances => BALANCES,
    }
}

type Names = &'static [(&'static str, &'static str)];

/// Field and its names there, parted by `|`, the likeliest first.
const NAMES: &[(P, K, Names)] = &[
    (
        P::Tune,
        K::Offers,
        &[
            ("id", "Offer.id|Offer ID|ID"),
            ("name", "Offer.name|Offer Name|Offer|Name"),
            ("landing_url", "Offer.offer_url|Offer URL|Default Landing Page"),
            ("advertiser_id", "Offer.advertiser_id|Advertiser.id|Advertiser ID"),
            ("advertiser_name", "Advertiser.company|Advertiser"),
            ("status", "Offer.status|Status"),
            ("currency", "Offer.currency|Currency"),
            ("payout", "Offer.default_payout|Default Payout|Payout"),
            ("payout_percent", "Offer.percent_payout|Percent Payout"),
            ("revenue", "Offer.max_payout|Max Payout|Revenue"),
            ("revenue_percent", "Offer.max_percent_payout|Max Percent Payout"),
            ("vertical", "OfferCategory.name|Category"),
        ],
    ),
    (
        P::Tune,
        K::Partners,
        &[
            ("id", "Affiliate.id|Affiliate ID|Partner ID|ID"),
            ("name", "Affiliate.company|Company|Affiliate|Partner|Name"),
            ("email", "AffiliateUser.email|Email|E-mail"),
            ("status", "Affiliate.status|Status"),
            ("country", "Affiliate.country|Country"),
            ("group", "AffiliateTier.level|Affiliate Tier"),
        ],
    ),
    (
        P::Tune,
        K::Links,
        &[
            ("offer", "Offer.id|Stat.offer_id|Offer ID"),
            ("partner", "Affiliate.id|Stat.affiliate_id|Affiliate ID|Partner ID"),
            ("name", "OfferUrl.name|Offer URL Name|Name"),
            ("status", "AffiliateOffer.approval_status|Approval Status|Status"),
        ],
    ),
    (
        P::Tune,
        K::Clicks,
        &[
            ("id", "Stat.ad_id|Transaction ID|Stat.transaction_id"),
            ("at", "Stat.datetime|Date/Time|Datetime|Date"),
            ("offer", "Stat.offer_id|Offer.id|Offer ID"),
            ("partner", "Stat.affiliate_id|Affiliate.id|Affiliate ID|Partner ID"),
            ("country", "Stat.country_code|Country.code|Country Code|Country"),
            ("source_id", "Stat.source|Source"),
            ("sub1", "Stat.affiliate_info1|Affiliate Sub ID 1|Sub ID 1|aff_sub"),
            ("sub2", "Stat.affiliate_info2|Affiliate Sub ID 2|Sub ID 2|aff_sub2"),
            ("sub3", "Stat.affiliate_info3|Affiliate Sub ID 3|Sub ID 3|aff_sub3"),
            ("sub4", "Stat.affiliate_info4|Affiliate Sub ID 4|Sub ID 4|aff_sub4"),
            ("sub5", "Stat.affiliate_info5|Affiliate Sub ID 5|Sub ID 5|aff_sub5"),
        ],
    ),
    (
        P::Tune,
        K::Conversions,
        &[
            ("id", "Stat.id|Conversion ID|ID"),
            ("at", "Stat.datetime|Date/Time|Datetime|Date"),
            ("payout", "Stat.payout|Payout"),
            ("offer", "Stat.offer_id|Offer.id|Offer ID"),
            ("partner", "Stat.affiliate_id|Affiliate.id|Affiliate ID|Partner ID"),
            ("click", "Stat.ad_id|Transaction ID"),
            ("click_at", "Stat.session_datetime|Session Date/Time|Session Datetime"),
            ("status", "Stat.status|Conversion Status|Status"),
            ("goal", "Stat.goal_id|Goal.id|Goal ID"),
            ("order_id", "Stat.advertiser_info|Advertiser Sub ID|Adv Sub|adv_sub"),
            ("sale", "Stat.sale_amount|Sale Amount"),
            ("revenue", "Stat.revenue|Revenue"),
            ("currency", "Stat.currency|Currency"),
        ],
    ),
    (
        P::Tune,
        K::Balances,
        &[
            ("amount", "AffiliateAccountBalance.balance|Balance|Amount Due|Unpaid Balance|Amount"),
            ("partner", "Affiliate.id|Affiliate ID|Partner ID"),
            ("advertiser", "Advertiser.id|Advertiser ID"),
            ("currency", "Affiliate.currency|Currency"),
        ],
    ),
    (
        P::Everflow,
        K::Offers,
        &[
            ("id", "network_offer_id|Offer ID|ID"),
            ("name", "name|Offer Name|Offer"),
            ("landing_url", "destination_url|Base Destination URL|Destination URL|Landing Page"),
            ("advertiser_id", "network_advertiser_id|Advertiser ID"),
            ("advertiser_name", "network_advertiser_name|Advertiser Name|Advertiser"),
            ("status", "offer_status|Status"),
            ("currency", "currency_id|Currency"),
            ("payout", "payout_amount|Payout|Default Payout"),
            ("payout_percent", "payout_percentage|Payout %"),
            ("revenue", "revenue_amount|Revenue|Default Revenue"),
            ("revenue_percent", "revenue_percentage|Revenue %"),
            ("link_id", "encoded_value|Encoded Value"),
            ("vertical", "category|Category"),
        ],
    ),
    (
        P::Everflow,
        K::Partners,
        &[
            ("id", "network_affiliate_id|Partner ID|Affiliate ID|ID"),
            ("name", "name|Partner Name|Affiliate Name|Partner|Affiliate"),
            ("email", "email|Email|User Email"),
            ("status", "account_status|Account Status|Status"),
            ("country", "country_code|Country"),
            ("group", "affiliate_tier|Tier"),
            ("link_id", "encoded_value|Encoded Value"),
        ],
    ),
    (
        P::Everflow,
        K::Links,
        &[
            ("offer", "network_offer_id|Offer ID|oid"),
            ("partner", "network_affiliate_id|Partner ID|Affiliate ID|affid"),
            ("name", "name|Offer URL Name"),
            ("status", "status|Status"),
        ],
    ),
    (
        P::Everflow,
        K::Clicks,
        &[
            ("id", "transaction_id|Transaction ID|Click ID"),
            ("at", "unix_timestamp|click_unix_timestamp|Date|Timestamp|Click Date"),
            ("offer", "network_offer_id|offer_id|Offer ID|Offer"),
            ("partner", "network_affiliate_id|affiliate_id|Partner ID|Affiliate ID|Partner"),
            ("country", "country_code|Country Code|Country"),
            ("source_id", "source_id|Source ID"),
            ("sub1", "sub1|Sub1|Sub 1"),
            ("sub2", "sub2|Sub2|Sub 2"),
            ("sub3", "sub3|Sub3|Sub 3"),
            ("sub4", "sub4|Sub4|Sub 4"),
            ("sub5", "sub5|Sub5|Sub 5"),
        ],
    ),
    (
        P::Everflow,
        K::Conversions,
        &[
            ("id", "conversion_id|Conversion ID"),
            ("at", "conversion_unix_timestamp|Conversion Date|Date"),
            ("payout", "payout|Payout"),
            ("offer", "network_offer_id|offer_id|Offer ID|Offer"),
            ("partner", "network_affiliate_id|affiliate_id|Partner ID|Affiliate ID|Partner"),
            ("click", "transaction_id|Transaction ID"),
            ("click_at", "click_unix_timestamp|Click Date"),
            ("status", "status|Status"),
            ("goal", "network_offer_payout_revenue_id|event_id|Event ID"),
            ("order_id", "order_id|Order ID"),
            ("sale", "sale_amount|Sale Amount"),
            ("revenue", "revenue|Revenue"),
            ("currency", "currency_id|Currency"),
        ],
    ),
    (
        P::Everflow,
        K::Balances,
        &[
            ("amount", "balance|Balance|Amount|Unpaid|payable_amount"),
            ("partner", "network_affiliate_id|Partner ID|Affiliate ID"),
            ("advertiser", "network_advertiser_id|Advertiser ID"),
            ("currency", "currency_id|Currency"),
        ],
    ),
    (
        P::Affise,
        K::Offers,
        &[
            ("id", "id|offer_id|Offer ID"),
            ("name", "title|Title|Offer"),
            ("landing_url", "url|Tracking URL|Offer URL"),
            ("advertiser_id", "advertiser_id|Advertiser ID"),
            ("advertiser_name", "advertiser_title|Advertiser"),
            ("status", "status|Status"),
            ("currency", "currency|Currency"),
            ("payout", "Payout|payments.revenue"),
            ("revenue", "Revenue|payments.total|Total"),
            ("vertical", "categories|Category"),
        ],
    ),
    (
        P::Affise,
        K::Partners,
        &[
            ("id", "id|pid|Affiliate ID|Partner ID"),
            ("name", "title|login|Affiliate|Name"),
            ("email", "email|E-mail|Email"),
            ("status", "status|Status"),
            ("country", "country|Country"),
            ("group", "level|Level"),
        ],
    ),
    (
        P::Affise,
        K::Links,
        &[
            ("offer", "offer_id|Offer ID|Offer"),
            ("partner", "pid|Affiliate ID|Affiliate|partner_id"),
            ("status", "status"),
        ],
    ),
    (
        P::Affise,
        K::Clicks,
        &[
            ("id", "clickid|click_id|Click ID|id"),
            ("at", "created_at|Click date|Date|click_date"),
            ("offer", "offer_id|offer.id|Offer ID|Offer"),
            ("partner", "pid|partner_id|partner.id|Affiliate ID|Affiliate"),
            ("country", "country|Country"),
            ("sub1", "sub1|Sub 1"),
            ("sub2", "sub2|Sub 2"),
            ("sub3", "sub3|Sub 3"),
            ("sub4", "sub4|Sub 4"),
            ("sub5", "sub5|Sub 5"),
            ("sub6", "sub6|Sub 6"),
            ("sub7", "sub7|Sub 7"),
            ("sub8", "sub8|Sub 8"),
        ],
    ),
    (
        P::Affise,
        K::Conversions,
        &[
            ("id", "conversion_id|Conversion ID|id"),
            ("at", "created_at|Conversion date|Date"),
            ("payout", "Payout|payouts"),
            ("offer", "offer_id|offer.id|Offer ID|Offer"),
            ("partner", "pid|partner_id|partner.id|Affiliate ID|Affiliate"),
            ("click", "clickid|click_id|Click ID"),
            ("click_at", "click_time|Click date"),
            ("status", "status|Status"),
            ("goal", "goal_value|goal|Goal"),
            ("order_id", "action_id|Action ID"),
            ("sale", "sum|price|Sum"),
            ("revenue", "Revenue|revenue"),
            ("currency", "currency|Currency"),
        ],
    ),
    (
        P::Affise,
        K::Balances,
        &[
            ("amount", "balance|available|Balance|Payout|Amount"),
            ("partner", "pid|id|Affiliate ID|Affiliate"),
            ("advertiser", "advertiser_id|Advertiser ID"),
            ("currency", "currency|Currency"),
        ],
    ),
    (
        P::Keitaro,
        K::Offers,
        &[
            ("id", "id|offer_id|Offer ID|ID"),
            ("name", "name|Offer|Name"),
            ("landing_url", "action_payload|url|URL|Offer URL"),
            ("advertiser_id", "affiliate_network_id|Affiliate network ID"),
            ("advertiser_name", "affiliate_network|Affiliate network"),
            ("status", "state|status|State|Status"),
            ("currency", "payout_currency|Currency"),
            ("payout", "payout_value|Payout"),
            ("vertical", "group|Group"),
        ],
    ),
    (
        P::Keitaro,
        K::Partners,
        &[
            ("id", "id|ts_id|Traffic source ID|ID"),
            ("name", "name|Traffic source|Name"),
            ("email", "email|Email"),
            ("status", "state|status|State|Status"),
        ],
    ),
    (
        P::Keitaro,
        K::Links,
        &[
            ("id", "id|campaign_id|Campaign ID|ID"),
            ("alias", "alias|campaign_alias|Alias"),
            ("name", "name|campaign|Campaign|Name"),
            ("offer", "offer_id|Offer ID|Offer"),
            ("partner", "ts_id|traffic_source_id|Traffic source ID|Traffic source"),
            ("status", "state|status|State|Status"),
        ],
    ),
    (
        P::Keitaro,
        K::Clicks,
        &[
            ("id", "sub_id|subid|Subid|Sub ID"),
            ("at", "datetime|Date and time|Datetime|Click time"),
            ("offer", "offer_id|Offer ID"),
            ("partner", "ts_id|traffic_source_id|Traffic source ID"),
            ("link", "campaign_id|Campaign ID"),
            ("country", "country_code|country|Country"),
            ("source_id", "source|Source"),
            ("sub1", "sub_id_1|Sub ID 1"),
            ("sub2", "sub_id_2|Sub ID 2"),
            ("sub3", "sub_id_3|Sub ID 3"),
            ("sub4", "sub_id_4|Sub ID 4"),
            ("sub5", "sub_id_5|Sub ID 5"),
            ("sub6", "sub_id_6|Sub ID 6"),
            ("sub7", "sub_id_7|Sub ID 7"),
            ("sub8", "sub_id_8|Sub ID 8"),
            ("sub9", "sub_id_9|Sub ID 9"),
            ("sub10", "sub_id_10|Sub ID 10"),
        ],
    ),
    (
        P::Keitaro,
        K::Conversions,
        &[
            ("id", "conversion_id|Conversion ID"),
            ("at", "postback_datetime|datetime|Conversion time|Date and time"),
            ("payout", "cost|payout|Payout"),
            ("offer", "offer_id|Offer ID"),
            ("partner", "ts_id|traffic_source_id|Traffic source ID"),
            ("click", "sub_id|subid|Subid|Sub ID"),
            ("click_at", "click_datetime|Click time"),
            ("status", "status|Status"),
            ("order_id", "tid|external_id|Transaction ID|TID"),
            ("revenue", "revenue|Revenue"),
            ("currency", "currency|Currency"),
        ],
    ),
    (
        P::Keitaro,
        K::Balances,
        &[("amount", "balance|Balance|amount|Amount"), ("partner", "ts_id|traffic_source_id|Traffic source ID")],
    ),
];

/// No platform has an export of its own for these.
const CUSTOMER_NAMES: Names = &[
    ("id", "customer_id|Customer ID|User ID|user_id|Player ID"),
    ("partner", "Affiliate.id|network_affiliate_id|pid|ts_id|affiliate_id|Affiliate ID|Partner ID"),
    ("offer", "Offer.id|network_offer_id|offer_id|Offer ID"),
    ("advertiser", "Advertiser.id|network_advertiser_id|advertiser_id|Advertiser ID"),
    ("first_seen_at", "registered_at|created_at|First Seen|Registration Date"),
    ("bound_until", "bound_until|expires_at|Expires"),
];

fn names(platform: P, kind: K) -> Names {
    if kind == K::Customers {
        return CUSTOMER_NAMES;
    }
    NAMES.iter().find(|(of, what, _)| (*of, *what) == (platform, kind)).map_or(&[], |(.., names)| *names)
}

/// Words of status columns, in ours. Conversions that were judged are in the balances already.
const WORDS: &[(K, &str, &str, &str)] = &[
    (K::Offers, "status", "active", "active|live|1"),
    (K::Offers, "status", "paused", "paused|pending|stopped|suspended|inactive|disabled|draft|0"),
    (K::Offers, "status", "expired", "expired|deleted|archived"),
    (K::Partners, "status", "active", "active|approved|1"),
    (K::Partners, "status", "pending", "pending|on moderation|awaiting approval"),
    (K::Partners, "status", "suspended", "suspended|inactive|not active|deleted|disabled|paused|0"),
    (K::Partners, "status", "banned", "banned|blocked"),
    (K::Partners, "status", "rejected", "rejected|declined"),
    (K::Links, "status", "active", "active|approved|enabled|1"),
    (K::Links, "status", "archived", "archived|deleted|disabled|inactive|rejected|pending|0"),
    (K::Conversions, "status", "pending", "pending|hold|on hold|on_hold|lead|registration|2|5"),
    (
        K::Conversions,
        "status",
        "leave_out",
        "leave_out|approved|confirmed|sale|deposit|paid|rejected|declined|invalid|trash|cancelled|reversed|1|3",
    ),
    (K::Balances, "side", "payable", "payable|owed|balance"),
    (K::Balances, "side", "debt", "debt|negative"),
    (K::Balances, "side", "receivable", "receivable|invoice|unpaid"),
    (K::Balances, "side", "prepaid", "prepaid|deposit|prepayment"),
    (K::Partners, "language", "en", "en|english"),
    (K::Partners, "language", "ru", "ru|russian"),
    (K::Partners, "language", "pl", "pl|polish"),
];

/// Their out-macros in ours, by the name between the braces.
pub fn macro_of(platform: P, name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    let name = name.as_str();
    let own = match (platform, name) {
        (P::Keitaro, "subid" | "sub_id") => Some("click_id"),
        (_, "transaction_id" | "clickid" | "click_id" | "aff_click_id" | "_ef_transaction_id") => Some("click_id"),
        (_, "offer_id" | "oid" | "network_offer_id") => Some("offer_id"),
        (_, "aff_id" | "affiliate_id" | "affid" | "pid" | "partner_id" | "ts_id") => Some("partner_id"),
        (_, "source" | "source_id") => Some("source_id"),
        (_, "country_code" | "country" | "geo") => Some("country"),
        (_, "datetime" | "timestamp" | "unix_timestamp") => Some("timestamp"),
        _ => None,
    };
    own.or_else(|| sub_macro(name))
}

const SUBS: [&str; 10] = ["sub1", "sub2", "sub3", "sub4", "sub5", "sub6", "sub7", "sub8", "sub9", "sub10"];

fn sub_macro(name: &str) -> Option<&'static str> {
    let number = ["aff_sub", "sub_id_", "sub"].iter().find_map(|prefix| name.strip_prefix(prefix))?;
    let number = if number.is_empty() { 1 } else { number.parse::<usize>().ok()? };
    SUBS.get(number.checked_sub(1)?).copied()
}

/// A column's name as it is compared.
pub fn plain(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The mapping that the names of the columns suggest. Of two candidates of a field the likelier is taken; a column that
/// has been taken is not taken again.
pub fn guess(platform: P, kind: K, columns: &[String]) -> Mapping {
    let mut mapping = Mapping::default();
    let mut taken: Vec<&String> = Vec::new();
    for field in fields(kind) {
        let own = names(platform, kind).iter().find(|(name, _)| *name == field.name).map_or("", |(_, names)| *names);
        let candidates = own.split('|').chain([field.name]).map(plain);
        let candidates: Vec<_> = candidates.filter(|name| !name.is_empty()).collect();
        let found = candidates
            .iter()
            .find_map(|wanted| columns.iter().find(|column| plain(column) == *wanted && !taken.contains(column)));
        if let Some(column) = found {
            taken.push(column);
            mapping.columns.insert(field.name.to_owned(), column.clone());
        }
    }
    for (_, field, ours, theirs) in WORDS.iter().filter(|(of, ..)| *of == kind) {
        let words: &mut BTreeMap<_, _> = mapping.words.entry((*field).to_owned()).or_default();
        words.extend(theirs.split('|').map(|word| (word.to_owned(), (*ours).to_owned())));
    }
    mapping
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(platform: P, kind: K, header: &str) -> Mapping {
        guess(platform, kind, &header.split(',').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn each_platform_s_own_columns_are_known() {
        let check = |platform, kind, header: &str| {
            let mapping = guessed(platform, kind, header);
            for field in fields(kind).iter().filter(|field| field.is_required) {
                assert!(mapping.columns.contains_key(field.name), "{platform:?} {kind:?}: {} of {header}", field.name);
            }
        };
        check(P::Tune, K::Offers, "Offer.id,Offer.name,Offer.offer_url,Advertiser.company");
        check(P::Tune, K::Clicks, "Date/Time,Transaction ID,Offer ID,Affiliate ID");
        check(P::Tune, K::Conversions, "Stat.id,Stat.datetime,Stat.payout,Stat.ad_id");
        check(P::Everflow, K::Offers, "network_offer_id,name,destination_url,offer_status");
        check(P::Everflow, K::Clicks, "transaction_id,unix_timestamp,network_offer_id");
        check(P::Affise, K::Partners, "ID,Title,E-mail,Status");
        check(P::Affise, K::Conversions, "Click ID,Conversion ID,Conversion date,Payout");
        check(P::Keitaro, K::Links, "Campaign ID,Alias,Offer ID,Traffic source ID");
        check(P::Other, K::Balances, "amount,partner");
    }

    #[test]
    fn a_column_means_one_thing() {
        let mapping = guessed(P::Tune, K::Links, "Offer ID,Affiliate ID");
        assert_eq!(
            (mapping.columns["offer"].as_str(), mapping.columns["partner"].as_str()),
            ("Offer ID", "Affiliate ID")
        );
        assert!(!mapping.columns.contains_key("id"));
    }

    #[test]
    fn macros_are_translated() {
        assert_eq!(macro_of(P::Tune, "transaction_id"), Some("click_id"));
        assert_eq!(macro_of(P::Tune, "aff_sub2"), Some("sub2"));
        assert_eq!(macro_of(P::Keitaro, "sub_id_10"), Some("sub10"));
        assert_eq!(macro_of(P::Affise, "sub11"), None);
        assert_eq!(macro_of(P::Tune, "eff_eb"), None);
    }
}
