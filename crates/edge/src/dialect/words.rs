//! Names and words of each dialect in ours: pure tables.

use super::Dialect;

/// Their name of a conversion's parameter, and ours.
pub type Names = &'static [(&'static str, &'static str)];

const TUNE: Names = &[
    ("transaction_id", "click_id"),
    ("amount", "amount"),
    ("currency", "currency"),
    ("adv_sub", "order_id"),
    ("adv_sub2", "adv2"),
    ("adv_sub3", "adv3"),
    ("adv_sub4", "adv4"),
    ("adv_sub5", "adv5"),
    ("adv_unique1", "adv6"),
    ("adv_unique2", "adv7"),
    ("adv_unique3", "adv8"),
    ("adv_unique4", "adv9"),
    ("adv_unique5", "adv10"),
    ("promo_code", "coupon"),
    ("customer_id", "customer_id"),
    ("status", "status"),
];

const EVERFLOW: Names = &[
    ("transaction_id", "click_id"),
    ("amount", "amount"),
    ("currency", "currency"),
    ("order_id", "order_id"),
    ("user_id", "customer_id"),
    ("coupon_code", "coupon"),
    ("adv1", "adv1"),
    ("adv2", "adv2"),
    ("adv3", "adv3"),
    ("adv4", "adv4"),
    ("adv5", "adv5"),
    ("status", "status"),
];

const AFFISE: Names = &[
    ("clickid", "click_id"),
    ("click_id", "click_id"),
    ("sum", "amount"),
    ("currency", "currency"),
    ("action_id", "order_id"),
    ("user_id", "customer_id"),
    ("promocode", "coupon"),
    ("promo_code", "coupon"),
    ("custom_field1", "adv1"),
    ("custom_field2", "adv2"),
    ("custom_field3", "adv3"),
    ("custom_field4", "adv4"),
    ("custom_field5", "adv5"),
    ("custom_field6", "adv6"),
    ("custom_field7", "adv7"),
    ("custom_field8", "adv8"),
    ("custom_field9", "adv9"),
    ("custom_field10", "adv10"),
];

const KEITARO: Names = &[
    ("subid", "click_id"),
    ("sub_id", "click_id"),
    ("payout", "amount"),
    ("currency", "currency"),
    ("tid", "order_id"),
    ("sub_id_1", "adv1"),
    ("sub_id_2", "adv2"),
    ("sub_id_3", "adv3"),
    ("sub_id_4", "adv4"),
    ("sub_id_5", "adv5"),
    ("sub_id_6", "adv6"),
    ("sub_id_7", "adv7"),
    ("sub_id_8", "adv8"),
    ("sub_id_9", "adv9"),
    ("sub_id_10", "adv10"),
];

const AWIN: Names = &[
    ("cks", "click_id"),
    ("amount", "amount"),
    ("cr", "currency"),
    ("ref", "order_id"),
    ("vc", "coupon"),
    ("ch", "adv1"),
];

pub const fn names(dialect: Dialect) -> Names {
    match dialect {
        Dialect::Tune => TUNE,
        Dialect::Everflow => EVERFLOW,
        Dialect::Affise => AFFISE,
        Dialect::Keitaro => KEITARO,
        Dialect::Awin => AWIN,
    }
}

/// Names under which a dialect gives the offer of a conversion.
pub const fn offer_names(dialect: Dialect) -> &'static [&'static str] {
    match dialect {
        Dialect::Tune => &["offer_id"],
        Dialect::Everflow => &["oid", "offer_id"],
        Dialect::Affise => &["offer_id"],
        Dialect::Keitaro => &[],
        Dialect::Awin => &["merchant"],
    }
}

/// Name of the security token; that of Keitaro stands in the path, Awin has none.
pub const fn token_name(dialect: Dialect) -> Option<&'static str> {
    match dialect {
        Dialect::Tune => Some("security_token"),
        Dialect::Everflow => Some("verification_token"),
        Dialect::Affise => Some("secure"),
        Dialect::Keitaro | Dialect::Awin => None,
    }
}

/// Names under which a dialect gives the id of a goal.
pub const fn goal_names(dialect: Dialect) -> &'static [&'static str] {
    match dialect {
        Dialect::Tune => &["goal_id", "goal_name"],
        Dialect::Everflow => &["event_id", "adv_event_id"],
        Dialect::Affise => &["goal"],
        Dialect::Keitaro | Dialect::Awin => &[],
    }
}

/// Affise's numbers of states as words that advertisers use.
pub fn affise_status(number: &str) -> &str {
    match number {
        "1" => "approved",
        "2" => "pending",
        "3" => "rejected",
        "5" => "hold",
        other => other,
    }
}

/// Keitaro's types of conversions: the state in our words, and the goal where the type is one.
pub const KEITARO_TYPES: &[(&str, Option<&str>, Option<&str>)] = &[
    ("lead", Some("pending"), None),
    ("sale", Some("approved"), None),
    ("rejected", Some("rejected"), None),
    ("trash", Some("trash"), None),
    ("registration", None, Some("registration")),
    ("deposit", None, Some("deposit")),
];
