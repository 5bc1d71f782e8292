//! Payments of advertisers over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Money, Page, PageQuery, Timestamp, id};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde::Serialize;

use super::{
    entity::payment::{Column, Entity, Model, PaymentKind},
    payments::{self, NewPayment},
};
use crate::{
    App, advertisers,
    identity::permissions::{CanBillAdvertisers, CanReadBilling},
    platform::{
        Answer, Body,
        body::{Params, PathId},
        listing::newest_first,
    },
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "adp_01KAMX4S5T0000000000000000", "advertiser_id": "adv_01KAMX4S5T0000000000000000", "kind": "payment",
    "amount": {"minor": 250000, "currency": "EUR"}, "free": {"minor": 130000, "currency": "EUR"},
    "reference": "SEPA 2026-11-20/0042", "received_on": "2026-11-20", "note": null,
    "entry_id": "ent_01KAMX4S5T0000000000000000", "created_at": "2026-11-22T09:30:00.000Z"
}))]
pub struct AdvertiserPaymentOut {
    pub id: Id<id::AdvertiserPayment>,
    pub advertiser_id: Id<id::Advertiser>,
    pub kind: PaymentKind,
    /// Above nought, whichever way it went.
    pub amount: Money,
    /// What of it settles no invoice yet.
    pub free: Money,
    pub reference: String,
    pub received_on: String,
    pub note: Option<String>,
    pub entry_id: Option<Id<id::BookEntry>>,
    pub created_at: Timestamp,
}

impl From<Model> for AdvertiserPaymentOut {
    fn from(row: Model) -> Self {
        let currency = row.currency();
        Self {
            id: row.id,
            advertiser_id: row.advertiser_id,
            kind: row.kind,
            amount: Money::new(row.amount_minor, currency),
            free: Money::new(row.free_minor, currency),
            reference: row.reference,
            received_on: row.received_on,
            note: row.note,
            entry_id: row.entry_id,
            created_at: row.created_at,
        }
    }
}

/// Record a payment or top-up: what is owed is settled first, the rest is paid in advance.
#[utoipa::path(
    post, path = "/v1/advertisers/{id}/payments", tag = "billing", params(("id" = Id<id::Advertiser>, Path)),
    request_body = NewPayment,
    responses((status = 201, body = AdvertiserPaymentOut), (status = 409, description = "`already_exists`"))
)]
pub async fn record(
    State(app): State<App>,
    CanBillAdvertisers(actor): CanBillAdvertisers,
    PathId(id): PathId<Id<id::Advertiser>>,
    Body(new): Body<NewPayment>,
) -> Answer<(StatusCode, Json<AdvertiserPaymentOut>)> {
    let row = payments::record(&app, &actor, id, &new).await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

/// Record that some of what was paid in advance was given back.
#[utoipa::path(
    post, path = "/v1/advertisers/{id}/refunds", tag = "billing", params(("id" = Id<id::Advertiser>, Path)),
    request_body = NewPayment,
    responses((status = 201, body = AdvertiserPaymentOut), (status = 409, description = "`insufficient_balance`"))
)]
pub async fn refund(
    State(app): State<App>,
    CanBillAdvertisers(actor): CanBillAdvertisers,
    PathId(id): PathId<Id<id::Advertiser>>,
    Body(new): Body<NewPayment>,
) -> Answer<(StatusCode, Json<AdvertiserPaymentOut>)> {
    let row = payments::refund(&app, &actor, id, &new).await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

/// What an advertiser paid, got back and was credited, newest first. An advertiser sees its own.
#[utoipa::path(
    get, path = "/v1/advertisers/{id}/payments", tag = "billing",
    params(("id" = Id<id::Advertiser>, Path), PageQuery), responses((status = 200, body = Page<AdvertiserPaymentOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadBilling(actor): CanReadBilling,
    PathId(id): PathId<Id<id::Advertiser>>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<AdvertiserPaymentOut>>> {
    actor.require_advertiser(id)?;
    advertisers::store::get(app.records.read(), actor.tenant, id).await?;
    let mine = Entity::find().filter(Column::WorkspaceId.eq(actor.tenant.id())).filter(Column::AdvertiserId.eq(id));
    let rows = newest_first::<_, id::AdvertiserPayment>(app.records.read(), mine, Column::Id, &page).await?;
    Ok(Json(Page::from_rows(rows, &page, |row| row.id).map(AdvertiserPaymentOut::from)))
}
