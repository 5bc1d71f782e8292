//! Making and reading batches.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, PageQuery, Refusal, id};

use super::shapes::{BatchDetail, BatchOut, NewBatch, PayoutOut};
use crate::{
    App,
    identity::{
        Actor,
        permissions::{CanPay, CanReadPayouts},
    },
    partners::model::PayoutMethod,
    payouts::{
        create::{self, Maker, Wanted, Whom},
        entity::batch,
        store,
        wanted::{self, BatchFilter},
    },
    platform::{
        Answer, Body,
        body::{Params, PathId},
        labels::Wanted as WantedLabels,
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
    let wanted = Wanted { currency, method, whom, pay_on, leave_out_faulty, early: None };
    let made = create::create(&app, &Maker::person(&actor), &wanted).await?;
    let detail = BatchDetail::load(app.records.read(), made.batch, made.left_out).await?;
    Ok((StatusCode::CREATED, Json(detail)))
}

/// Batches, newest first.
#[utoipa::path(
    get, path = "/v1/payout-batches", tag = "payouts", params(BatchFilter, PageQuery),
    responses((status = 200, body = Page<BatchOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanPay(actor): CanPay,
    Params(filter): Params<BatchFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<BatchOut>>> {
    let (records, tenant) = (app.records.read(), actor.tenant);
    let zone = workspaces::store::get(records, tenant).await?.zone()?;
    let found = wanted::page_of_batches(records, wanted::batches(tenant, &filter, &zone), &page).await?;
    let mut sums = wanted::sums(records, tenant, found.items.iter().map(|row| row.id)).await?;
    let shown = |row: batch::Model| {
        let of_batch = sums.remove(&row.id).unwrap_or_default();
        BatchOut::of(row, of_batch)
    };
    Ok(Json(found.try_map(shown)?))
}

/// One batch with the first of its payouts. Partners read their own under `/v1/payouts`.
#[utoipa::path(get, path = "/v1/payout-batches/{id}", tag = "payouts", params(("id" = Id<id::PayoutBatch>, Path)), responses((status = 200, body = BatchDetail)))]
pub async fn show(
    State(app): State<App>,
    CanReadPayouts(actor): CanReadPayouts,
    PathId(id): PathId<Id<id::PayoutBatch>>,
) -> Answer<Json<BatchDetail>> {
    let batch = visible(&app, &actor, id).await?;
    Ok(Json(BatchDetail::load(app.records.read(), batch, Vec::new()).await?))
}

/// The payouts of a batch in the order of its frozen list.
#[utoipa::path(
    get, path = "/v1/payout-batches/{id}/payouts", tag = "payouts", operation_id = "list_payouts_of_batch",
    params(("id" = Id<id::PayoutBatch>, Path), PageQuery), responses((status = 200, body = Page<PayoutOut>))
)]
pub async fn payouts(
    State(app): State<App>,
    CanReadPayouts(actor): CanReadPayouts,
    PathId(id): PathId<Id<id::PayoutBatch>>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<PayoutOut>>> {
    visible(&app, &actor, id).await?;
    let records = app.records.read();
    let shown = store::page_of(records, actor.tenant, id, &page).await?.try_map(PayoutOut::of)?;
    let wanted = WantedLabels::default().with(shown.items.iter().map(|row| row.partner_id));
    Ok(Json(wanted.beside(shown, records, actor.tenant).await?))
}

async fn visible(app: &App, actor: &Actor, id: Id<id::PayoutBatch>) -> Answer<batch::Model> {
    if actor.partner.is_some() {
        return Err(Refusal::not_found("payout batch").into());
    }
    store::batch(app.records.read(), actor.tenant, id).await
}
