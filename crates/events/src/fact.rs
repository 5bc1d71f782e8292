//! Moves of conversions, as the records side tells them.
//!
//! Each move writes −1 of the state before and +1 of the state after; a sum over any set of rows that is closed under
//! `recorded_at <= t` is the truth as it stood at t.

use kernel::{
    Currency, Id, Timestamp,
    id::{Advertiser, Click, Conversion, Customer, Goal, Landing, Link, Offer, Partner, User, Workspace},
};
use serde::{Deserialize, Serialize};

/// One move of one conversion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConversionMove {
    /// Grows from move to move and is never used twice; the cursor is the last one shipped.
    pub seq: u64,
    pub workspace: Id<Workspace>,
    pub conversion_id: Id<Conversion>,
    /// When the move was decided and recorded: `as_of` compares with it.
    pub recorded_at: Timestamp,
    /// `None` for the first move.
    pub before: Option<FactState>,
    pub after: Option<FactState>,
}

/// All that reports need of a conversion in one state. Amounts are not signed by the move.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FactState {
    pub advertiser: Option<Id<Advertiser>>,
    pub offer: Option<Id<Offer>>,
    pub partner: Option<Id<Partner>>,
    pub goal: Option<Id<Goal>>,
    pub goal_kind: String,
    /// Only the offer's primary goal counts as a conversion; the others are events.
    pub is_primary: bool,
    pub click_id: Option<Id<Click>>,
    /// Taken from the click where there is one; these serve a conversion without a click or of another partner.
    pub link: Option<Id<Link>>,
    pub landing: Option<Id<Landing>>,
    pub manager: Option<Id<User>>,
    pub partner_group: String,
    pub vertical: String,
    pub traffic_type: String,
    pub customer: Option<Id<Customer>>,
    /// Whether this was the customer's first conversion with the advertiser.
    pub is_new_customer: bool,
    /// When the customer converted.
    pub event_time: Timestamp,
    pub click_time: Option<Timestamp>,
    /// When it was last approved, rejected or reversed.
    pub decided_time: Option<Timestamp>,
    /// When the partner was paid.
    pub paid_time: Option<Timestamp>,
    /// `pending`, `approved`, `locked`, `paid`, `rejected`, `reversed`.
    pub status: String,
    /// Reason code, or empty.
    pub reason: String,
    pub currency: Currency,
    pub amounts: Amounts,
    /// Of the payout, what partners other than `partner` earn.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shares: Vec<FactShare>,
    /// The step of attribution that named the partner: `click_id`, `coupon`, `customer`, `journey`, `view`, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub attributed_by: String,
    /// The rung of the trust ladder on which the advertiser's call stood, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub trust: String,
    pub reporting_currency: Currency,
    /// `None` where no rate of that day is known.
    pub reporting_amounts: Option<Amounts>,
    /// Units of the reporting currency for one of the offer's, times 10^8; 0 where unknown.
    pub rate_e8: i64,
}

/// What another partner earns from the same conversion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactShare {
    pub partner: Id<Partner>,
    /// Its manager and group when the conversion came.
    #[serde(default)]
    pub manager: Option<Id<User>>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub partner_group: String,
    /// In the conversion's currency, part of its payout.
    pub payout: i64,
}

/// Whole minor units of one currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amounts {
    /// Order value net of what has been refunded.
    pub sale: i64,
    /// Charged to the advertiser.
    pub revenue: i64,
    /// Earned by partners.
    pub payout: i64,
    /// Order value refunded so far.
    pub refund: i64,
    /// Of the revenue, what the advertiser has paid.
    pub collected: i64,
}

/// Where the shipper asks for moves; given by the side that owns the records.
pub trait FactSource: Send + Sync {
    /// Moves with `seq > cursor`, in order of `seq`, at most `limit`. Called from a thread of its own, may block.
    fn read_after(&self, cursor: u64, limit: usize) -> anyhow::Result<Vec<ConversionMove>>;
}
