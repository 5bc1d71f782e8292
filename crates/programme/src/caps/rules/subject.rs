//! What a cap sees of a conversion, whether it is meant by the cap, and how much room it takes.

use kernel::{Currency, Id, Timestamp, id};

use crate::caps::{
    entity::cap::Model as Cap,
    model::{CapMetric, CapScope, CountedStatus},
};

/// How a conversion stands to what is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    Pending,
    Approved,
    /// By a person's word.
    Rejected,
    /// Refused by a rule, set aside by a cap, or taken back: it takes no room.
    Out,
}

/// A conversion as caps see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject<'a> {
    pub advertiser: Option<Id<id::Advertiser>>,
    pub offer: Option<Id<id::Offer>>,
    pub goal: Option<Id<id::Goal>>,
    pub partner: Option<Id<id::Partner>>,
    pub source_id: &'a str,
    pub country: &'a str,
    pub is_primary: bool,
    pub currency: Currency,
    pub payout_minor: i64,
    pub revenue_minor: i64,
    pub stand: Stand,
    pub event_at: Timestamp,
    pub click_at: Option<Timestamp>,
}

/// Whether the cap speaks of such conversions at all, whatever their state.
pub fn is_meant(cap: &Cap, subject: &Subject<'_>) -> bool {
    !cap.metric.is_traffic()
        && subject.event_at >= cap.counted_from
        && is_in_scope(cap, subject)
        && passes_filter(cap, subject)
        && is_of_metric(cap, subject)
}

fn is_in_scope(cap: &Cap, subject: &Subject<'_>) -> bool {
    let fits = cap.advertiser_id.is_none_or(|advertiser| subject.advertiser == Some(advertiser))
        && cap.offer_id.is_none_or(|offer| subject.offer == Some(offer))
        && cap.goal_id.is_none_or(|goal| subject.goal == Some(goal))
        && cap.partner_id.is_none_or(|partner| subject.partner == Some(partner));
    fits && cap.source_id.as_deref().is_none_or(|source| subject.source_id == source)
}

fn passes_filter(cap: &Cap, subject: &Subject<'_>) -> bool {
    let filter = &cap.filter;
    let country = filter.countries.is_empty() || filter.countries.iter().any(|code| code == subject.country);
    let goal = filter.goals.is_empty() || subject.goal.is_some_and(|goal| filter.goals.contains(&goal));
    let source = filter.sources.is_empty() || filter.sources.iter().any(|source| source == subject.source_id);
    country && goal && source
}

/// Conversions are those of primary goals, unless the cap names its goals; money is that of its own currency.
fn is_of_metric(cap: &Cap, subject: &Subject<'_>) -> bool {
    if cap.metric.is_money() {
        return cap.currency() == Some(subject.currency);
    }
    let names_goals = cap.scope == CapScope::Goal || !cap.filter.goals.is_empty();
    names_goals || subject.is_primary
}

/// Room that a conversion takes of a cap that means it.
pub fn room_taken(cap: &Cap, subject: &Subject<'_>) -> i64 {
    let status = match subject.stand {
        Stand::Pending => CountedStatus::Pending,
        Stand::Approved => CountedStatus::Approved,
        Stand::Rejected => CountedStatus::Rejected,
        Stand::Out => return 0,
    };
    if !cap.counted.0.contains(&status) {
        return 0;
    }
    amount(cap, subject)
}

/// Room that it would take once approved.
pub fn amount(cap: &Cap, subject: &Subject<'_>) -> i64 {
    match cap.metric {
        CapMetric::Conversions => 1,
        CapMetric::Payout => subject.payout_minor,
        CapMetric::Revenue => subject.revenue_minor,
        CapMetric::Views | CapMetric::Clicks => 0,
    }
}
