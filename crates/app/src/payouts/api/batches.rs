//! Making and reading batches.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, PageQuery, Refusal, id};

use super::shapes::{BatchDetail, BatchOut, LeftOutOut, NewBatch};
use crate::{
    App,
    identity::permissions::{CanPay, CanReadPayouts},
    partners::model::PayoutMethod,
    payouts::{
        create::{self, Maker, Wanted, Whom},
        store,
    },
    platform::{
        Answer, Body,
        body::{Params, PathId},
    },
    workspaces,
};

/// Pay what is payable: makes a batch, frozen at once.
#[utoipa::path(
    post, path = "/v1/payout-batches", tag = "payouts", request_body = NewBatch,
    responses(
        (status = 201, body = BatchDetail), (status = 409, description = "`nothing_to_pay`, `payer_missing`"),
        (status = 422, description = "whom the bank or service would refuse, by partner and field")
    )
)]
pub async fn make(
    State(app): State<App>,
    CanPay(actor): CanPay,
    Body(new): Body<NewBatch>,
) -> Answer<(StatusCode, Json<BatchDetail>)> {
    let currency = match new.currency {
        Some(currency) => currency,
        None => workspaces::store::get(app.records.read(), actor.tenant).await?.currency()?,
    };
    let method = new.method.unwrap_or(PayoutMethod::Csv);
    let wrong = |_| Refusal::field("pay_on", "must be a day, as 2026-12-05");
    let pay_on = new.pay_on.as_deref().map(str::parse).transpose().map_err(wrong)?;
    let leave_out_faulty = new.leave_out_faulty.unwrap_or_default();
    let whom = new.partner_ids.map_or(Whom::All, Whom::Only);
    let wanted = Wanted { currency, method, whom, pay_on, leave_out_faulty };
    let made = create::create(&app, &Maker::person(&actor), &wanted).await?;
    let left_out = made.left_out.into_iter().map(LeftOutOut::from).collect();
    Ok((StatusCode::CREATED, Json(BatchDetail { left_out, ..BatchDetail::of(made.batch, made.payouts)? })))
}

/// Batches, newest first.
#[utoipa::path(
    get, path = "/v1/payout-batches", tag = "payouts", params(PageQuery), responses((status = 200, body = Page<BatchOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanPay(actor): CanPay,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<BatchOut>>> {
    let found = store::batches(app.records.read(), actor.tenant, &page).await?;
    Ok(Json(found.try_map(BatchOut::of)?))
}

/// One batch with its payouts. Partners read their own under `/v1/payouts`.
#[utoipa::path(get, path = "/v1/payout-batches/{id}", tag = "payouts", params(("id" = Id<id::PayoutBatch>, Path)), responses((status = 200, body = BatchDetail)))]
pub async fn show(
    State(app): State<App>,
    CanReadPayouts(actor): CanReadPayouts,
    PathId(id): PathId<Id<id::PayoutBatch>>,
) -> Answer<Json<BatchDetail>> {
    if actor.partner.is_some() {
        return Err(kernel::Refusal::not_found("payout batch").into());
    }
    let batch = store::batch(app.records.read(), actor.tenant, id).await?;
    let payouts = store::payouts_of(app.records.read(), actor.tenant, id).await?;
    Ok(Json(BatchDetail::of(batch, payouts)?))
}
