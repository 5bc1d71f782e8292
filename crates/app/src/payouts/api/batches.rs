//! Making and reading batches.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, PageQuery, id};

use super::shapes::{BatchDetail, BatchOut, NewBatch};
use crate::{
    App,
    identity::permissions::{CanPay, CanReadPayouts},
    partners::model::PayoutMethod,
    payouts::{
        create::{self, Wanted},
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
    responses((status = 201, body = BatchDetail), (status = 409, description = "`nothing_to_pay`"))
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
    let wanted = Wanted { currency, method, partners: new.partner_ids };
    let (batch, payouts) = create::create(&app, &actor, &wanted).await?;
    Ok((StatusCode::CREATED, Json(BatchDetail::of(batch, payouts)?)))
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
