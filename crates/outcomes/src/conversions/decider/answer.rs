//! What a sender is told, in a code and in plain words.

use edge::receipt::ReceiptAnswer;
use kernel::{Id, id, reason::ConversionReason as Reason};

use super::decide::Verdict;
use crate::conversions::entity::receipt;

/// The answer that a stored receipt had.
pub(super) fn of(row: &receipt::Model) -> ReceiptAnswer {
    ReceiptAnswer {
        http_status: row.http_status as u16,
        receipt_id: row.id,
        conversion_id: row.conversion_id,
        status: row.status.clone(),
        reason: row.reason.clone(),
        message: row.message.clone(),
    }
}

/// What the sender of a test is told: the verdict it would have had.
pub(super) fn of_test(receipt_id: Id<id::Receipt>, verdict: Verdict) -> ReceiptAnswer {
    let Verdict { http_status, status, reason, message, .. } = verdict;
    let message = match reason {
        None => format!("a test: it would be taken as {status}; nothing was booked"),
        Some(_) => format!("a test: {message}; nothing was booked"),
    };
    let reason = Some(reason.unwrap_or(Reason::Test.code()).to_owned());
    ReceiptAnswer { http_status, receipt_id, conversion_id: None, status: status.to_owned(), reason, message }
}

pub fn words(reason: Reason) -> &'static str {
    match reason {
        Reason::BadToken => "this advertiser asks for stronger proof: see its rung on the trust ladder",
        Reason::IpNotAllowed => "the call came from an address that is not on the advertiser's list",
        Reason::BadClickId => "the click id is not one of ours",
        Reason::ClickNotFound => "there is no such click here",
        Reason::ClickOfferMismatch => "the click belongs to another offer or advertiser than the receipt",
        Reason::OfferInactive => "the offer takes no conversions now",
        Reason::GoalUnknown => "the offer has no goal of this name",
        Reason::PartnerSuspended => "the partner is suspended",
        Reason::NoAttribution => "no click, coupon or customer names a partner",
        Reason::DuplicateOrder => "this order was reported before, with another click",
        Reason::DuplicateClickGoal => "this click has another order for this goal already",
        Reason::DuplicateCustomerGoal => "this customer has reached this goal before",
        Reason::TooEarly => "the conversion came before its click, or too soon after it",
        Reason::TooLate => "the conversion came later after its click than the offer allows",
        Reason::BadAmount => "the amount has more decimals than its currency",
        Reason::BadCurrency => "the currency is not the offer's, and no rate is known",
        Reason::AmountOutOfRange => "the amount is negative, too large, or more than is left",
        Reason::CouponNotAllowed => "this coupon may not be credited here",
        Reason::ExistingCustomer => "the offer does not pay for a customer the advertiser had before",
        Reason::TrafficTypeForbidden => "the offer forbids this type of traffic",
        reason if reason.is_cap() => "a cap was reached",
        _ => "refused",
    }
}
