//! What the bank said: paid or failed.

use axum::{Json, extract::State};
use kernel::{Id, Page, PageQuery, id};
use serde::Deserialize;

use super::shapes::{BatchDetail, PayoutOut};
use crate::{
    App,
    identity::permissions::{CanPay, CanReadPayouts},
    payouts::{
        rules,
        settle::{Outcome, settle, settle_rest},
        store,
        wanted::{self, PayoutFilter},
    },
    platform::{
        Answer, Body,
        body::{Params, PathId, TEXT_CHARS_MAX, optional_text, short_text},
        labels::Wanted,
    },
    workspaces,
};

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"reference": "SEPA 2026-11-22/1"}))]
#[serde(deny_unknown_fields)]
pub struct PaidBody {
    /// The bank's or payer's own; on a chain the transaction's id, which must be there.
    pub reference: Option<String>,
}

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"reason": "account closed"}))]
#[serde(deny_unknown_fields)]
pub struct FailedBody {
    pub reason: String,
}

/// Mark every payout of a batch that is still in transit as paid.
#[utoipa::path(
    post, path = "/v1/payout-batches/{id}/paid", tag = "payouts", params(("id" = Id<id::PayoutBatch>, Path)), request_body = PaidBody,
    responses((status = 200, body = BatchDetail), (status = 409, description = "`batch_not_approved`, `told_by_service`"))
)]
pub async fn batch_paid(
    State(app): State<App>,
    CanPay(actor): CanPay,
    PathId(id): PathId<Id<id::PayoutBatch>>,
    Body(body): Body<PaidBody>,
) -> Answer<Json<BatchDetail>> {
    let reference = optional_text("reference", body.reference.as_deref(), TEXT_CHARS_MAX)?;
    let outcome = Outcome::Paid { reference };
    settle_rest(&app, actor.author(), id, &outcome, rules::require_told_by_people).await?;
    let batch = store::batch(app.records.read(), actor.tenant, id).await?;
    Ok(Json(BatchDetail::load(app.records.read(), batch, Vec::new()).await?))
}

/// Mark one payout as paid.
#[utoipa::path(
    post, path = "/v1/payouts/{id}/paid", tag = "payouts", params(("id" = Id<id::Payout>, Path)), request_body = PaidBody,
    responses((status = 200, body = PayoutOut), (status = 409, description = "`payout_not_in_transit`"))
)]
pub async fn paid(
    State(app): State<App>,
    CanPay(actor): CanPay,
    PathId(id): PathId<Id<id::Payout>>,
    Body(body): Body<PaidBody>,
) -> Answer<Json<PayoutOut>> {
    let reference = optional_text("reference", body.reference.as_deref(), TEXT_CHARS_MAX)?;
    let settled = settle(&app, &actor, id, &Outcome::Paid { reference }).await?;
    Ok(Json(PayoutOut::of(settled)?))
}

/// Mark one payout as failed: its amount is payable again.
#[utoipa::path(
    post, path = "/v1/payouts/{id}/failed", tag = "payouts", params(("id" = Id<id::Payout>, Path)), request_body = FailedBody,
    responses((status = 200, body = PayoutOut), (status = 409, description = "`payout_not_in_transit`"))
)]
pub async fn failed(
    State(app): State<App>,
    CanPay(actor): CanPay,
    PathId(id): PathId<Id<id::Payout>>,
    Body(body): Body<FailedBody>,
) -> Answer<Json<PayoutOut>> {
    let reason = short_text("reason", &body.reason, TEXT_CHARS_MAX)?;
    let settled = settle(&app, &actor, id, &Outcome::Failed { reason }).await?;
    Ok(Json(PayoutOut::of(settled)?))
}

/// Mark one payout as come back after it was paid: its amount is payable again.
#[utoipa::path(
    post, path = "/v1/payouts/{id}/returned", tag = "payouts", params(("id" = Id<id::Payout>, Path)), request_body = FailedBody,
    responses((status = 200, body = PayoutOut), (status = 409, description = "`payout_not_in_transit`: it was not paid"))
)]
pub async fn returned(
    State(app): State<App>,
    CanPay(actor): CanPay,
    PathId(id): PathId<Id<id::Payout>>,
    Body(body): Body<FailedBody>,
) -> Answer<Json<PayoutOut>> {
    let reason = short_text("reason", &body.reason, TEXT_CHARS_MAX)?;
    let settled = settle(&app, &actor, id, &Outcome::Returned { reason }).await?;
    Ok(Json(PayoutOut::of(settled)?))
}

/// Payouts, newest first; a partner sees own ones only.
#[utoipa::path(
    get, path = "/v1/payouts", tag = "payouts", params(PayoutFilter, PageQuery),
    responses((status = 200, body = Page<PayoutOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadPayouts(actor): CanReadPayouts,
    Params(filter): Params<PayoutFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<PayoutOut>>> {
    let zone = workspaces::store::get(app.records.read(), actor.tenant).await?.zone()?;
    let query = wanted::payouts(actor.tenant, &filter, &zone);
    let found = wanted::page_of_payouts(app.records.read(), query, actor.partner, &page).await?;
    let wanted = Wanted::default().with(found.items.iter().map(|row| row.partner_id));
    let shown = found.try_map(PayoutOut::of)?;
    Ok(Json(wanted.beside(shown, app.records.read(), actor.tenant).await?))
}
