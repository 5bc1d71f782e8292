//! What the fields are, and what the platforms call them in their exports: data alone.
//!
//! Names are compared without case, blanks, dots and underscores, so that `Offer.id`, `offer_id` and `Offer ID` are one.
//! Each platform's stand in a file of its own.

mod affise;
mod everflow;
mod keitaro;
mod tune;

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

/// Field and its names there, parted by `|`, the likeliest first.
type Names = &'static [(&'static str, &'static str)];

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
    let own = match platform {
        _ if kind == K::Customers => return CUSTOMER_NAMES,
        P::Tune => tune::NAMES,
        P::Everflow => everflow::NAMES,
        P::Affise => affise::NAMES,
        P::Keitaro => keitaro::NAMES,
        P::Other => return &[],
    };
    own.iter().find(|(of, _)| *of == kind).map_or(&[], |(_, names)| *names)
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
