//! Shapes of disputes over HTTP.

use kernel::{Id, Money, Timestamp, id};
use serde::{Deserialize, Serialize};

use super::entity::{
    dispute::{DisputeKind, DisputeState, Model},
    message, terms,
};

/// What a partner disputes.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "dsp_01KAMX4S5T0000000000000000", "partner_id": "prt_01KAMX4S5T0000000000000000", "kind": "price",
    "conversion_id": "cnv_01KAMX4S5T0000000000000000", "offer_id": "ofr_01KAMX4S5T0000000000000000", "click_id": null,
    "order_id": null, "customer": null, "happened_on": null, "amount": {"minor": 1000, "currency": "EUR"},
    "words": "My rate is 10.00 since May", "proof": null, "state": "upheld",
    "adjustment_id": "adj_01KAMX4S5T0000000000000000", "decision_words": "So it is",
    "decided_at": "2026-11-22T09:30:00.000Z", "created_at": "2026-11-20T09:30:00.000Z",
    "due_at": "2026-11-25T23:00:00.000Z"
}))]
pub struct DisputeOut {
    pub id: Id<id::Dispute>,
    pub partner_id: Id<id::Partner>,
    pub kind: DisputeKind,
    /// Of what was missing: the one that was made for it.
    pub conversion_id: Option<Id<id::Conversion>>,
    pub offer_id: Option<Id<id::Offer>>,
    pub click_id: Option<Id<id::Click>>,
    pub order_id: Option<String>,
    pub customer: Option<String>,
    pub happened_on: Option<String>,
    /// What the partner says it should earn.
    pub amount: Option<Money>,
    pub words: String,
    pub proof: Option<String>,
    pub state: DisputeState,
    /// What it was given, where it was given something on top.
    pub adjustment_id: Option<Id<id::Adjustment>>,
    pub decision_words: Option<String>,
    pub decided_at: Option<Timestamp>,
    pub created_at: Timestamp,
    /// By when an answer is promised.
    pub due_at: Timestamp,
}

impl From<Model> for DisputeOut {
    fn from(row: Model) -> Self {
        let amount = row.claimed();
        Self {
            id: row.id,
            partner_id: row.partner_id,
            kind: row.kind,
            conversion_id: row.conversion_id,
            offer_id: row.offer_id,
            click_id: row.click_id,
            order_id: row.order_id,
            customer: row.customer,
            happened_on: row.happened_on,
            amount,
            words: row.words,
            proof: row.proof,
            state: row.state,
            adjustment_id: row.adjustment_id,
            decision_words: row.decision_words,
            decided_at: row.decided_at,
            created_at: row.created_at,
            due_at: row.due_at,
        }
    }
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "dsm_01KAMX4S5T0000000000000000", "from_staff": true, "words": "Which order was it?",
    "created_at": "2026-11-21T09:30:00.000Z"
}))]
pub struct DisputeMessageOut {
    pub id: Id<id::DisputeMessage>,
    pub from_staff: bool,
    pub words: String,
    pub created_at: Timestamp,
}

impl From<message::Model> for DisputeMessageOut {
    fn from(row: message::Model) -> Self {
        Self { id: row.id, from_staff: row.from_staff, words: row.words, created_at: row.created_at }
    }
}

/// A dispute with what both sides wrote.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"dispute": {}, "messages": [], "related": []}))]
pub struct DisputeDetail {
    pub dispute: DisputeOut,
    pub messages: Vec<DisputeMessageOut>,
    /// Conversions of the same click or order, for staff alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub related: Option<Vec<Id<id::Conversion>>>,
}

/// Until when partners may dispute, and by when they are answered.
#[derive(Serialize, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"dispute_days": 60, "answer_days": 5}))]
#[serde(deny_unknown_fields)]
pub struct DisputeTerms {
    /// Whole local days from the decision on a conversion, or from the day of one that is missing.
    pub dispute_days: i32,
    /// Whole local days from the dispute.
    pub answer_days: i32,
}

impl From<terms::Model> for DisputeTerms {
    fn from(row: terms::Model) -> Self {
        Self { dispute_days: row.dispute_days, answer_days: row.answer_days }
    }
}
