//! Coupons and crediting over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, Timestamp, id, paging::PageQuery};
use serde::Serialize;

use super::{
    change::{self, CouponTerms, Crediting, NewCoupon},
    entity::{coupon::Model, crediting},
    model::{CouponOffers, CouponState},
    store::{self, CouponFilter},
};
use crate::{
    App,
    identity::permissions::{CanEditCoupons, CanEditOffers, CanReadCoupons, CanReadPlans},
    offers,
    platform::{
        Answer, Body,
        body::{Params, PathId},
        labels::Wanted,
    },
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "cpn_01KAMX4S5T0000000000000000", "advertiser_id": "adv_01KAMX4S5T0000000000000000",
    "partner_id": "prt_01KAMX4S5T0000000000000000", "code": "TRAIL10", "offers": [], "valid_from": null,
    "valid_until": "2027-01-01T00:00:00.000Z", "state": "active", "note": null, "uses": 12, "elsewhere": 1,
    "last_used_at": "2026-11-21T10:00:00.000Z", "created_at": "2026-11-01T09:30:00.000Z"
}))]
pub struct CouponOut {
    pub id: Id<id::Coupon>,
    pub advertiser_id: Id<id::Advertiser>,
    pub partner_id: Id<id::Partner>,
    pub code: String,
    /// Empty for all of the advertiser.
    pub offers: CouponOffers,
    pub valid_from: Option<Timestamp>,
    pub valid_until: Option<Timestamp>,
    pub state: CouponState,
    /// Not shown to partners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Conversions that came with it.
    pub uses: i64,
    /// Of them, those that came with another partner's click.
    pub elsewhere: i64,
    pub last_used_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

impl CouponOut {
    fn of(row: Model, is_partner: bool) -> Self {
        Self {
            id: row.id,
            advertiser_id: row.advertiser_id,
            partner_id: row.partner_id,
            code: row.code,
            offers: row.offers,
            valid_from: row.valid_from,
            valid_until: row.valid_until,
            state: row.state,
            note: row.note.filter(|_| !is_partner),
            uses: row.uses_count,
            elsewhere: row.elsewhere_count,
            last_used_at: row.last_used_at,
            created_at: row.created_at,
        }
    }
}

/// Bind a coupon to a partner.
#[utoipa::path(
    post, path = "/v1/coupons", tag = "coupons", request_body = NewCoupon, responses((status = 201, body = CouponOut))
)]
pub async fn create(
    State(app): State<App>,
    CanEditCoupons(actor): CanEditCoupons,
    Body(new): Body<NewCoupon>,
) -> Answer<(StatusCode, Json<CouponOut>)> {
    let row = change::create(&app, &actor, new).await?;
    Ok((StatusCode::CREATED, Json(CouponOut::of(row, false))))
}

/// Coupons, newest first. A partner sees its own, an advertiser those of its offers; `state=leaked` is the leak list.
#[utoipa::path(
    get, path = "/v1/coupons", tag = "coupons", params(CouponFilter, PageQuery),
    responses((status = 200, body = Page<CouponOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadCoupons(actor): CanReadCoupons,
    Params(filter): Params<CouponFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<CouponOut>>> {
    let records = app.records.read();
    let rows = store::page(records, &actor, &filter, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id);
    let wanted = Wanted::default()
        .with(rows.items.iter().map(|row| row.advertiser_id).filter(|_| actor.partner.is_none()))
        .with(rows.items.iter().map(|row| row.partner_id).filter(|_| actor.advertiser.is_none()))
        .with(rows.items.iter().flat_map(|row| row.offers.0.iter().copied()));
    let shown = rows.map(|row| CouponOut::of(row, actor.partner.is_some()));
    Ok(Json(wanted.beside(shown, records, actor.tenant).await?))
}

/// Change a coupon, or put it on the leak list.
#[utoipa::path(
    patch, path = "/v1/coupons/{id}", tag = "coupons", params(("id" = Id<id::Coupon>, Path)),
    request_body = CouponTerms, responses((status = 200, body = CouponOut))
)]
pub async fn update(
    State(app): State<App>,
    CanEditCoupons(actor): CanEditCoupons,
    PathId(id): PathId<Id<id::Coupon>>,
    Body(terms): Body<CouponTerms>,
) -> Answer<Json<CouponOut>> {
    Ok(Json(CouponOut::of(change::update(&app, &actor, id, terms).await?, false)))
}

/// How an offer credits coupons and known customers.
#[utoipa::path(
    get, path = "/v1/offers/{id}/crediting", tag = "coupons", params(("id" = Id<id::Offer>, Path)),
    responses((status = 200, body = Crediting))
)]
pub async fn show_crediting(
    State(app): State<App>,
    CanReadPlans(actor): CanReadPlans,
    PathId(id): PathId<Id<id::Offer>>,
) -> Answer<Json<Crediting>> {
    let records = app.records.read();
    let offer = offers::store::get_visible(records, &actor, id).await?;
    let known = store::crediting_of(records, actor.tenant, [offer.id]).await?.remove(&offer.id);
    Ok(Json(known.unwrap_or_else(|| crediting::Model::unsaid(actor.tenant.id(), offer.id)).into()))
}

/// Set how an offer credits coupons and known customers, for what is decided from now on.
#[utoipa::path(
    put, path = "/v1/offers/{id}/crediting", tag = "coupons", params(("id" = Id<id::Offer>, Path)),
    request_body = Crediting, responses((status = 200, body = Crediting))
)]
pub async fn set_crediting(
    State(app): State<App>,
    CanEditOffers(actor): CanEditOffers,
    PathId(id): PathId<Id<id::Offer>>,
    Body(crediting): Body<Crediting>,
) -> Answer<Json<Crediting>> {
    Ok(Json(change::set_crediting(&app, &actor, id, crediting).await?))
}
