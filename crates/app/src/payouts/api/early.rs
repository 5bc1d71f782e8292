//! Being paid before the day.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Currency, Id, Money, Page, PageQuery, Refusal, Timestamp, id};
use serde::{Deserialize, Serialize};

use crate::{
    App,
    identity::permissions::{CanAskEarlyPayouts, CanPay, CanReadPayouts},
    payouts::{
        early::{self, EarlyPayoutFilter},
        entity::early::{EarlyPayoutState, Model},
    },
    platform::{
        Answer, Body,
        body::{Params, PathId, TEXT_CHARS_MAX, short_text},
        labels::Wanted,
    },
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "erp_01KAMX4S5T0000000000000000", "partner_id": "prt_01KAMX4S5T0000000000000000",
    "amount": {"minor": 21240, "currency": "EUR"}, "share_bp": 200, "state": "asked",
    "asked_at": "2026-11-22T09:30:00.000Z", "decided_at": null, "reason": null, "batch_id": null
}))]
pub struct EarlyPayoutOut {
    pub id: Id<id::EarlyPayout>,
    pub partner_id: Id<id::Partner>,
    /// What could have been paid when it was asked for; the batch pays what is payable when it is made.
    pub amount: Money,
    /// What it costs: hundredths of a per cent of what is paid.
    pub share_bp: i32,
    pub state: EarlyPayoutState,
    pub asked_at: Timestamp,
    pub decided_at: Option<Timestamp>,
    /// Why it was declined.
    pub reason: Option<String>,
    /// The batch that pays it.
    pub batch_id: Option<Id<id::PayoutBatch>>,
}

impl EarlyPayoutOut {
    fn of(row: Model) -> Answer<Self> {
        Ok(Self {
            id: row.id,
            partner_id: row.partner_id,
            amount: Money::new(row.amount_minor, row.currency.parse()?),
            share_bp: row.share_bp,
            state: row.state,
            asked_at: row.asked_at,
            decided_at: row.decided_at,
            reason: row.reason,
            batch_id: row.batch_id,
        })
    }
}

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"currency": "EUR"}))]
#[serde(deny_unknown_fields)]
pub struct NewEarlyPayout {
    #[schema(value_type = String)]
    pub currency: Currency,
    /// A partner's member may leave it out.
    pub partner_id: Option<Id<id::Partner>>,
}

/// Ask to be paid today what is payable, for the fee that `next-payout` tells.
#[utoipa::path(
    post, path = "/v1/early-payouts", tag = "payouts", operation_id = "ask_early_payout",
    request_body = NewEarlyPayout,
    responses((status = 201, body = EarlyPayoutOut),
        (status = 409, description = "`nothing_to_pay`, `already_exists`, `illegal_move`"))
)]
pub async fn ask(
    State(app): State<App>,
    CanAskEarlyPayouts(actor): CanAskEarlyPayouts,
    Body(new): Body<NewEarlyPayout>,
) -> Answer<(StatusCode, Json<EarlyPayoutOut>)> {
    let partner = actor.partner.or(new.partner_id).ok_or_else(|| Refusal::field("partner_id", "must not be empty"))?;
    if let Some(named) = new.partner_id {
        actor.require_partner(named)?;
    }
    let row = early::ask(&app, &actor, partner, new.currency).await?;
    Ok((StatusCode::CREATED, Json(EarlyPayoutOut::of(row)?)))
}

/// Requests to be paid early, newest first. A partner sees its own.
#[utoipa::path(
    get, path = "/v1/early-payouts", tag = "payouts", operation_id = "list_early_payouts",
    params(EarlyPayoutFilter, PageQuery), responses((status = 200, body = Page<EarlyPayoutOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadPayouts(actor): CanReadPayouts,
    Params(filter): Params<EarlyPayoutFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<EarlyPayoutOut>>> {
    let records = app.records.read();
    let rows = early::page(records, &actor, &filter, &page).await?;
    let shown = Page::from_rows(rows, &page, |row| row.id).try_map(EarlyPayoutOut::of)?;
    let wanted = Wanted::default().with(shown.items.iter().map(|row| row.partner_id));
    Ok(Json(wanted.beside(shown, records, actor.tenant).await?))
}

/// Agree: what is payable now, less the fee, goes into a batch of its own.
#[utoipa::path(
    post, path = "/v1/early-payouts/{id}/approve", tag = "payouts", operation_id = "approve_early_payout",
    params(("id" = Id<id::EarlyPayout>, Path)),
    responses((status = 200, body = EarlyPayoutOut),
        (status = 409, description = "`already_decided`, `nothing_to_pay`, `payer_missing`"))
)]
pub async fn approve(
    State(app): State<App>,
    CanPay(actor): CanPay,
    PathId(id): PathId<Id<id::EarlyPayout>>,
) -> Answer<Json<EarlyPayoutOut>> {
    Ok(Json(EarlyPayoutOut::of(early::approve(&app, &actor, id).await?)?))
}

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"reason": "paid on Friday anyway"}))]
#[serde(deny_unknown_fields)]
pub struct DeclinedEarlyPayout {
    /// The partner reads it.
    pub reason: String,
}

/// Say no; the partner is paid on its day.
#[utoipa::path(
    post, path = "/v1/early-payouts/{id}/decline", tag = "payouts", operation_id = "decline_early_payout",
    params(("id" = Id<id::EarlyPayout>, Path)), request_body = DeclinedEarlyPayout,
    responses((status = 200, body = EarlyPayoutOut), (status = 409, description = "`already_decided`"))
)]
pub async fn decline(
    State(app): State<App>,
    CanPay(actor): CanPay,
    PathId(id): PathId<Id<id::EarlyPayout>>,
    Body(body): Body<DeclinedEarlyPayout>,
) -> Answer<Json<EarlyPayoutOut>> {
    let reason = short_text("reason", &body.reason, TEXT_CHARS_MAX)?;
    Ok(Json(EarlyPayoutOut::of(early::decline(&app, &actor, id, reason).await?)?))
}

/// Ask no longer.
#[utoipa::path(
    post, path = "/v1/early-payouts/{id}/withdraw", tag = "payouts", operation_id = "withdraw_early_payout",
    params(("id" = Id<id::EarlyPayout>, Path)),
    responses((status = 200, body = EarlyPayoutOut), (status = 409, description = "`already_decided`"))
)]
pub async fn withdraw(
    State(app): State<App>,
    CanAskEarlyPayouts(actor): CanAskEarlyPayouts,
    PathId(id): PathId<Id<id::EarlyPayout>>,
) -> Answer<Json<EarlyPayoutOut>> {
    Ok(Json(EarlyPayoutOut::of(early::withdraw(&app, &actor, id).await?)?))
}
