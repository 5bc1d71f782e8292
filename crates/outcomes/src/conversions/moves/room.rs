//! Conversions as caps see them, and the room they take.

use kernel::{Refusal, Timestamp};

use super::{Holding, Worksheet, step};
use crate::{
    caps::{Stand, Subject, rules::room::Met, sheet::InTheWay},
    conversions::model::Status,
};

impl Worksheet {
    /// The cap that stops a conversion that is about to be received, with all those that it meets.
    pub fn caps_of(&mut self, new: &Holding, decided_at: Timestamp) -> (Option<InTheWay>, Vec<Met>) {
        let mut valued = new.clone();
        step::revalue(&mut valued);
        let subject = subject(&valued);
        let met = self.caps.all_met(&subject);
        (self.caps.judge(&subject, decided_at), met)
    }

    pub(super) fn require_room(&mut self, before: &Holding, after: &Holding, at: Timestamp) -> Result<(), Refusal> {
        self.caps.require_room(&subject(before), &subject(after), at)
    }

    pub(super) fn settle_room(&mut self, before: Option<&Holding>, after: &Holding, at: Timestamp) {
        self.caps.record(before.map(subject).as_ref(), &subject(after), at);
    }
}

fn subject(holding: &Holding) -> Subject<'_> {
    let row = &holding.conversion;
    let of_click = |field: &str| row.click_dims.get(field).and_then(|value| value.as_str()).unwrap_or_default();
    Subject {
        advertiser: row.advertiser_id,
        offer: row.offer_id,
        goal: row.goal_id,
        partner: row.partner_id,
        source_id: of_click("source_id"),
        country: of_click("country"),
        is_primary: row.is_primary,
        currency: row.currency(),
        payout_minor: row.payout_minor,
        revenue_minor: row.revenue_minor,
        stand: stand(holding),
        event_at: row.event_at,
        click_at: row.click_at,
    }
}

fn stand(holding: &Holding) -> Stand {
    let row = &holding.conversion;
    let reason = row.reason();
    match row.status {
        Status::Pending if reason.is_some_and(|reason| reason.is_cap()) => Stand::Out,
        Status::Pending => Stand::Pending,
        Status::Approved | Status::Locked | Status::Paid => Stand::Approved,
        Status::Rejected if reason.is_some_and(|reason| reason.is_verdict()) => Stand::Rejected,
        Status::Received | Status::Rejected | Status::Reversed => Stand::Out,
    }
}
