//! Agreeing to batches, undoing them, sending them.

use axum::{Json, extract::State};
use kernel::{Id, id};
use serde::{Deserialize, Serialize};

use super::shapes::BatchOut;
use crate::{
    App,
    identity::permissions::{CanPay, CanSetWorkspace},
    payouts::{approve, send},
    platform::{
        Answer, Body,
        body::{PathId, TEXT_CHARS_MAX, short_text},
    },
};

/// Agree to a batch that waits for a second person.
#[utoipa::path(
    post, path = "/v1/payout-batches/{id}/approve", tag = "payouts", operation_id = "approve_payout_batch",
    params(("id" = Id<id::PayoutBatch>, Path)),
    responses((status = 200, body = BatchOut), (status = 409, description = "`second_person_needed`, `already_decided`"))
)]
pub async fn approve(
    State(app): State<App>,
    CanPay(actor): CanPay,
    PathId(id): PathId<Id<id::PayoutBatch>>,
) -> Answer<Json<BatchOut>> {
    let batch = approve::approve(&app, &actor, id).await?;
    Ok(Json(BatchOut::load(app.records.read(), batch).await?))
}

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"reason": "the wrong month"}))]
#[serde(deny_unknown_fields)]
pub struct RejectedBatch {
    pub reason: String,
    /// Somebody has the batch's file, and this person's word is that no bank or service got it.
    #[serde(default)]
    pub file_not_used: bool,
}

/// Undo a batch that has not been sent: all its amounts are payable again.
#[utoipa::path(
    post, path = "/v1/payout-batches/{id}/reject", tag = "payouts", operation_id = "reject_payout_batch",
    params(("id" = Id<id::PayoutBatch>, Path)), request_body = RejectedBatch,
    responses((status = 200, body = BatchOut), (status = 409, description = "`already_sent`, `already_decided`"))
)]
pub async fn reject(
    State(app): State<App>,
    CanPay(actor): CanPay,
    PathId(id): PathId<Id<id::PayoutBatch>>,
    Body(body): Body<RejectedBatch>,
) -> Answer<Json<BatchOut>> {
    let reason = short_text("reason", &body.reason, TEXT_CHARS_MAX)?;
    let batch = approve::reject(&app, &actor, id, (reason, body.file_not_used)).await?;
    Ok(Json(BatchOut::load(app.records.read(), batch).await?))
}

/// Send an approved batch: PayPal is asked to pay it; of any other it is noted that its file was handed over. Asked again,
/// it is not sent again.
#[utoipa::path(
    post, path = "/v1/payout-batches/{id}/send", tag = "payouts", operation_id = "send_payout_batch",
    params(("id" = Id<id::PayoutBatch>, Path)),
    responses((status = 200, body = BatchOut), (status = 409, description = "`batch_not_approved`, `batch_changed`"))
)]
pub async fn send(
    State(app): State<App>,
    CanPay(actor): CanPay,
    PathId(id): PathId<Id<id::PayoutBatch>>,
) -> Answer<Json<BatchOut>> {
    let batch = send::send(&app, &actor, id).await?;
    Ok(Json(BatchOut::load(app.records.read(), batch).await?))
}

/// What one person may send alone within a day.
#[derive(Serialize, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"limit_minor": 1000000}))]
#[serde(deny_unknown_fields)]
pub struct PayoutApprovalLimit {
    /// In minor units of the reporting currency; anything where absent.
    pub limit_minor: Option<i64>,
}

/// Above which amount a batch takes two people.
#[utoipa::path(
    get, path = "/v1/payout-approval-limit", tag = "payouts", operation_id = "show_payout_approval_limit",
    responses((status = 200, body = PayoutApprovalLimit))
)]
pub async fn limit(State(app): State<App>, CanPay(actor): CanPay) -> Answer<Json<PayoutApprovalLimit>> {
    Ok(Json(PayoutApprovalLimit { limit_minor: approve::limit_of(&app, actor.tenant).await? }))
}

/// Set above which amount a batch takes two people.
#[utoipa::path(
    put, path = "/v1/payout-approval-limit", tag = "payouts", operation_id = "set_payout_approval_limit",
    request_body = PayoutApprovalLimit, responses((status = 200, body = PayoutApprovalLimit))
)]
pub async fn set_limit(
    State(app): State<App>,
    CanSetWorkspace(actor): CanSetWorkspace,
    Body(body): Body<PayoutApprovalLimit>,
) -> Answer<Json<PayoutApprovalLimit>> {
    approve::set_limit(&app, &actor, body.limit_minor).await?;
    Ok(Json(body))
}
