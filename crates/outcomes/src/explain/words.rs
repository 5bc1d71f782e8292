//! What would have changed an outcome, reason by reason, on one page.
//!
//! A sentence names values of its step in braces. Where a reader may not see one of them the plain sentence stands
//! instead.

use kernel::{
    Currency,
    money::format_amount,
    reason::{ClickReason, ConversionReason as Reason},
};
use serde_json::Value;

use super::values::Values;

struct Change {
    told: &'static str,
    /// For readers who may not see the values; empty where `told` names none.
    plain: &'static str,
}

const fn plain(told: &'static str) -> Change {
    Change { told, plain: "" }
}

/// The sentence for a reason, with the values it names.
pub fn change(code: &str, values: &Values) -> Option<String> {
    let of_conversion = || Reason::from_code(code).and_then(of_conversion);
    let of_click = || ClickReason::from_code(code).map(of_click);
    let change = of_conversion().or_else(of_click)?;
    Some(filled(change.told, values).unwrap_or_else(|| change.plain.to_owned()))
}

/// `None` for what people say of conversions that the rules had accepted.
fn of_conversion(reason: Reason) -> Option<Change> {
    Some(match reason {
        Reason::BadToken | Reason::BadSignature | Reason::Replayed | Reason::IpNotAllowed => {
            plain("A receipt with the proof that the advertiser asks for.")
        }
        Reason::BadClickId => plain("A click id that this installation gave out."),
        Reason::ClickNotFound => plain("A click of this workspace that is still kept."),
        Reason::ClickOfferMismatch => plain("A receipt for the offer of its click, from that offer's advertiser."),
        Reason::OfferInactive => plain("An offer that was open when the visitor came."),
        Reason::GoalUnknown => Change {
            told: "A goal that the offer has: {named_goal} is none of them.",
            plain: "A goal that the offer has.",
        },
        Reason::PartnerSuspended => plain("A partner who is active."),
        Reason::NoAttribution => plain("A click, coupon or customer that names a partner."),
        Reason::DuplicateOrder => plain("Another order id, or the click with which this order was reported before."),
        Reason::DuplicateClickGoal => plain("A click without an order for this goal, or an offer that takes several."),
        Reason::DuplicateCustomerGoal => plain("A customer who had not reached this goal before."),
        Reason::DuplicateReceipt => plain("A receipt that had not come before."),
        Reason::TooEarly => plain("It came {early_by_seconds} too early: at least {min_seconds} must have passed."),
        Reason::TooLate => plain("It came {late_by_seconds} after the window of {max_days} days had closed."),
        Reason::BadAmount => plain("An amount with no more decimals than its currency has."),
        Reason::BadCurrency => Change {
            told: "An amount in {offer_currency}, the offer's currency.",
            plain: "An amount in the offer's currency.",
        },
        Reason::AmountOutOfRange => plain("An amount that is not negative and not beyond belief."),
        Reason::ExistingCustomer => plain("A customer whom the advertiser did not have before."),
        Reason::CouponNotAllowed => plain("A coupon that is active and counts on this offer."),
        Reason::TrafficTypeForbidden => Change {
            told: "Another type of traffic: the offer forbids {traffic_type}.",
            plain: "A type of traffic that the offer allows.",
        },
        Reason::FraudScore | Reason::FraudCase | Reason::ComplianceCase | Reason::SelfReferral => {
            plain("You may contest it.")
        }
        reason if reason.is_cap() => Change {
            told: "Room in the cap: {left} of {limit} were left, and it needed {needed}.",
            plain: "Room in a cap that had been reached.",
        },
        _ => return None,
    })
}

fn of_click(reason: ClickReason) -> Change {
    match reason {
        ClickReason::Bot => plain("An agent that is not on the list of known robots."),
        ClickReason::Prefetch => plain("A visitor who opens the page, not a browser that fetches it ahead."),
        ClickReason::Datacenter | ClickReason::Proxy => plain("An address that is no data centre's and no proxy's."),
        ClickReason::TargetingGeo
        | ClickReason::TargetingDevice
        | ClickReason::TargetingTime
        | ClickReason::TargetingOther
        | ClickReason::ReferrerBlocked
        | ClickReason::SourceBlocked => Change {
            told: "{field} is {seen}; {mode}: {allowed}.",
            plain: "A visitor whom the offer's conditions let through.",
        },
        ClickReason::OfferPaused => plain("An offer that was running."),
        ClickReason::OfferExpired => plain("A click before the offer's end."),
        ClickReason::NotEnrolled => plain("An enrollment that lets traffic through."),
        ClickReason::PartnerSuspended => plain("A partner who is active."),
        ClickReason::CapReached => plain("Room in a cap that had been reached."),
        ClickReason::RateLimited => plain("Fewer clicks from this address in a minute."),
        ClickReason::FraudScore => plain("You may contest it."),
        ClickReason::TrafficTypeForbidden => Change {
            told: "Another type of traffic: the offer does not take {traffic_type} from this partner.",
            plain: "A type of traffic that the offer allows.",
        },
        ClickReason::UnknownLink => plain("The address of a link that exists here."),
    }
}

/// The sentence with its values; `None` where one is missing.
fn filled(told: &str, values: &Values) -> Option<String> {
    let mut filled = String::with_capacity(told.len() + 32);
    let mut rest = told;
    while let Some((before, behind)) = rest.split_once('{') {
        let (name, after) = behind.split_once('}')?;
        filled.push_str(before);
        filled.push_str(&spoken(name, values.get(name)?));
        rest = after;
    }
    filled.push_str(rest);
    Some(filled)
}

/// A value in words.
pub fn spoken(name: &str, value: &Value) -> String {
    match value {
        Value::Number(number) if name.ends_with("_seconds") => duration(number.as_i64().unwrap_or_default()),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(|item| spoken("", item)).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => match (fields.get("minor"), fields.get("currency")) {
            (Some(minor), Some(currency)) => {
                money(minor.as_i64().unwrap_or_default(), currency.as_str().unwrap_or_default())
            }
            _ => {
                let pairs = fields.iter().map(|(name, value)| format!("{name} {}", spoken(name, value)));
                pairs.collect::<Vec<_>>().join(", ")
            }
        },
        other => other.to_string(),
    }
}

fn money(minor: i64, code: &str) -> String {
    let decimals = Currency::from_code(code).and_then(|currency| currency.decimals()).unwrap_or(0);
    format!("{} {code}", format_amount(minor, decimals))
}

fn duration(seconds: i64) -> String {
    let parts = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
    let mut left = seconds.max(0);
    let mut told = Vec::new();
    for (length, unit) in parts {
        if left >= length && told.len() < 2 {
            told.push(format!("{} {unit}", left / length));
        }
        left %= length;
    }
    if told.is_empty() { "0 s".to_owned() } else { told.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_that_rules_give_says_what_would_have_changed_it() {
        for reason in Reason::ALL.iter().filter(|reason| !reason.is_verdict()) {
            let change = change(reason.code(), &Values::default());
            assert!(change.is_some(), "{reason}: say on the page what would have changed it");
        }
        for reason in ClickReason::ALL {
            assert!(change(reason.code(), &Values::default()).is_some(), "{reason}");
        }
    }

    #[test]
    fn values_are_spoken_in_their_place() {
        let values = Values::default().with("late_by_seconds", 2 * 86_400 + 3_600).with("max_days", 30);
        let told = change("too_late", &values);
        assert_eq!(told.as_deref(), Some("It came 2 d 1 h after the window of 30 days had closed."));
        let earned = Values::default().with("earnings", serde_json::json!({"minor": 1250, "currency": "EUR"}));
        assert_eq!(spoken("", earned.get("earnings").expect("a value")), "12.50 EUR");
        let hidden = change("cap_offer_day_conversions", &Values::default());
        assert_eq!(hidden.as_deref(), Some("Room in a cap that had been reached."));
    }
}
