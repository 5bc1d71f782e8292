//! Shapes of scrubs over HTTP.

use kernel::{Id, Money, Timestamp, id};
use serde::{Deserialize, Serialize};

use super::entity::{
    request,
    scrub::{AppealState, Model, ScrubBearer, ScrubState},
    terms::{self, ScrubCounted},
};
use crate::identity::{Actor, Role};

/// One conversion that an advertiser asks to have removed.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "scb_01KAMX4S5T0000000000000000", "request_id": "scq_01KAMX4S5T0000000000000000",
    "advertiser_id": "adv_01KAMX4S5T0000000000000000", "conversion_id": "cnv_01KAMX4S5T0000000000000000",
    "partner_id": "prt_01KAMX4S5T0000000000000000", "reason": "returned", "proof": "Sent back on the 3rd",
    "revenue": {"minor": 1200, "currency": "EUR"}, "payout": {"minor": 800, "currency": "EUR"},
    "deadline_at": "2026-12-01T23:00:00.000Z", "state": "accepted", "bearer": "split", "partner_percent": 50,
    "note": null, "decided_at": "2026-11-22T09:30:00.000Z", "appeal_state": null, "appeal_words": null,
    "appealed_at": null, "answer": null, "answered_at": null, "created_at": "2026-11-20T09:30:00.000Z"
}))]
pub struct ScrubOut {
    pub id: Id<id::Scrub>,
    pub request_id: Id<id::ScrubRequest>,
    pub advertiser_id: Id<id::Advertiser>,
    pub conversion_id: Id<id::Conversion>,
    /// Not for advertisers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner_id: Option<Id<id::Partner>>,
    /// Code of the closed list.
    pub reason: String,
    /// The evidence without what names people.
    pub proof: String,
    /// What it came to when it was asked for. Not for partners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revenue: Option<Money>,
    /// Not for advertisers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payout: Option<Money>,
    /// Until when it could be asked for.
    pub deadline_at: Timestamp,
    pub state: ScrubState,
    /// Not for advertisers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bearer: Option<ScrubBearer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner_percent: Option<i32>,
    pub note: Option<String>,
    pub decided_at: Option<Timestamp>,
    /// Not for advertisers, as all of an appeal.
    pub appeal_state: Option<AppealState>,
    pub appeal_words: Option<String>,
    pub appealed_at: Option<Timestamp>,
    pub answer: Option<String>,
    pub answered_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

impl ScrubOut {
    pub fn of(row: Model, actor: &Actor) -> Self {
        let to_advertiser = actor.role == Role::Advertiser;
        let (revenue, payout) = (row.money(row.revenue_minor), row.money(row.payout_minor));
        Self {
            id: row.id,
            request_id: row.request_id,
            advertiser_id: row.advertiser_id,
            conversion_id: row.conversion_id,
            partner_id: row.partner_id.filter(|_| !to_advertiser),
            reason: row.reason,
            proof: row.proof,
            revenue: Some(revenue).filter(|_| actor.role != Role::Partner),
            payout: Some(payout).filter(|_| !to_advertiser),
            deadline_at: row.deadline_at,
            state: row.state,
            bearer: row.bearer.filter(|_| !to_advertiser),
            partner_percent: row.partner_percent.filter(|_| !to_advertiser),
            note: row.note,
            decided_at: row.decided_at,
            appeal_state: row.appeal_state.filter(|_| !to_advertiser),
            appeal_words: row.appeal_words.filter(|_| !to_advertiser),
            appealed_at: row.appealed_at.filter(|_| !to_advertiser),
            answer: row.answer.filter(|_| !to_advertiser),
            answered_at: row.answered_at.filter(|_| !to_advertiser),
            created_at: row.created_at,
        }
    }
}

/// A request with its conversions, as its advertiser and staff see it.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "scq_01KAMX4S5T0000000000000000", "advertiser_id": "adv_01KAMX4S5T0000000000000000", "reason": "returned",
    "evidence": "Sent back on the 3rd, slips 11 to 14", "created_at": "2026-11-20T09:30:00.000Z", "scrubs": []
}))]
pub struct ScrubRequestOut {
    pub id: Id<id::ScrubRequest>,
    pub advertiser_id: Id<id::Advertiser>,
    /// Code of the closed list.
    pub reason: String,
    /// As it was given.
    pub evidence: String,
    pub created_at: Timestamp,
    pub scrubs: Vec<ScrubOut>,
}

impl ScrubRequestOut {
    pub fn of(request: request::Model, rows: Vec<Model>, actor: &Actor) -> Self {
        Self {
            id: request.id,
            advertiser_id: request.advertiser_id,
            reason: request.reason,
            evidence: request.evidence,
            created_at: request.created_at,
            scrubs: rows.into_iter().map(|row| ScrubOut::of(row, actor)).collect(),
        }
    }
}

/// Until when an advertiser may ask, and partners appeal.
#[derive(Serialize, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"scrub_days": 30, "counted_from": "approval", "appeal_days": 14}))]
#[serde(deny_unknown_fields)]
pub struct ScrubTerms {
    /// Whole local days after which the right to ask lapses.
    pub scrub_days: i32,
    pub counted_from: ScrubCounted,
    /// Whole local days after the decision.
    pub appeal_days: i32,
}

impl From<terms::Model> for ScrubTerms {
    fn from(row: terms::Model) -> Self {
        Self { scrub_days: row.scrub_days, counted_from: row.counted_from, appeal_days: row.appeal_days }
    }
}

/// How much of what was approved an advertiser had removed.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"approved": 400, "scrubbed": 6, "share_bp": 150}))]
pub struct ScrubShare {
    /// Ever approved, by the day of the event.
    pub approved: u64,
    pub scrubbed: u64,
    /// Hundredths of a per cent; absent where nothing was approved.
    pub share_bp: Option<u64>,
}
