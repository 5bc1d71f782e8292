//! Looks at offers over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, Timestamp, id};
use serde::{Deserialize, Serialize};

use super::{
    checkup,
    checkup_model::{Hop, HopFound, Model},
    watched,
};
use crate::{
    App,
    identity::{
        Actor,
        permissions::{CanReadAdvertisers, CanSendReceipts},
    },
    offers,
    platform::{Answer, Body, body::PathId, labels::Wanted},
};

/// A look at an offer's tracking.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "chk_01KAMX4S5T0000000000000000", "offer_id": "ofr_01KAMX4S5T0000000000000000",
    "at": "2026-11-22T09:30:00.000Z", "asked_by": null, "broken_hop": "landing", "reason": "error_status",
    "hops": [{
        "hop": "landing", "state": "broken", "reason": "error_status", "advice": "repair_landing",
        "detail": "https://shop.riverside.example/ 503"
    }]
}))]
pub struct CheckupOut {
    pub id: Id<id::Checkup>,
    pub offer_id: Id<id::Offer>,
    pub at: Timestamp,
    /// Who asked for it; absent for the daily look.
    pub asked_by: Option<Id<id::User>>,
    /// The first hop that does not hold; absent where all do.
    pub broken_hop: Option<Hop>,
    pub reason: Option<String>,
    pub hops: Vec<HopFound>,
}

impl From<Model> for CheckupOut {
    fn from(row: Model) -> Self {
        let Model { id, offer_id, at, asked_by, broken_hop, reason, hops, .. } = row;
        Self { id, offer_id, at, asked_by, broken_hop, reason, hops: hops.0 }
    }
}

/// What the doctor knows of an offer.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "is_watched": true, "checkups": [{
        "id": "chk_01KAMX4S5T0000000000000000", "offer_id": "ofr_01KAMX4S5T0000000000000000",
        "at": "2026-11-22T09:30:00.000Z", "asked_by": null, "broken_hop": null, "reason": null,
        "hops": [{"hop": "link", "state": "sound", "reason": null, "advice": null, "detail": "https://go.riverside.example/c/x1"}]
    }]
}))]
pub struct DoctorOut {
    /// It is looked at daily.
    pub is_watched: bool,
    /// Newest first.
    pub checkups: Vec<CheckupOut>,
}

#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"is_watched": false}))]
pub struct DoctorChange {
    pub is_watched: bool,
}

/// An offer that did not hold when it was looked at last.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "offer_id": "ofr_01KAMX4S5T0000000000000000", "checked_at": "2026-11-22T09:30:00.000Z", "broken_hop": "landing",
    "reason": "error_status"
}))]
pub struct BrokenOut {
    pub offer_id: Id<id::Offer>,
    pub checked_at: Option<Timestamp>,
    pub broken_hop: Option<Hop>,
    pub reason: Option<String>,
}

impl From<watched::Model> for BrokenOut {
    fn from(row: watched::Model) -> Self {
        let watched::Model { offer_id, checked_at, broken_hop, reason, .. } = row;
        Self { offer_id, checked_at, broken_hop, reason }
    }
}

/// Refuses whoever may not see behind the offer: of advertisers, all but its own.
async fn require_own(app: &App, actor: &Actor, offer: Id<id::Offer>) -> Answer<()> {
    let row = offers::store::get(app.records.read(), actor.tenant, offer).await?;
    Ok(actor.require_advertiser(row.advertiser_id)?)
}

/// What the doctor found of an offer's tracking so far.
#[utoipa::path(
    get, path = "/v1/offers/{id}/doctor", tag = "offers", params(("id" = Id<id::Offer>, Path)),
    responses((status = 200, body = DoctorOut))
)]
pub async fn show(
    State(app): State<App>,
    CanReadAdvertisers(actor): CanReadAdvertisers,
    PathId(id): PathId<Id<id::Offer>>,
) -> Answer<Json<DoctorOut>> {
    require_own(&app, &actor, id).await?;
    let standing = checkup::standing(&app, actor.tenant, id).await?;
    let rows = checkup::history(&app, actor.tenant, id).await?;
    let checkups = rows.into_iter().map(CheckupOut::from).collect();
    Ok(Json(DoctorOut { is_watched: standing.is_some_and(|row| row.is_watched), checkups }))
}

/// Look at an offer's tracking now: link, domain, click, landing page, click id, a test conversion, and the advertiser's
/// own calls. Nothing of it counts or is booked. From then on the offer is looked at daily.
#[utoipa::path(
    post, path = "/v1/offers/{id}/doctor", tag = "offers", params(("id" = Id<id::Offer>, Path)),
    responses((status = 201, body = CheckupOut))
)]
pub async fn check(
    State(app): State<App>,
    CanSendReceipts(actor): CanSendReceipts,
    PathId(id): PathId<Id<id::Offer>>,
) -> Answer<(StatusCode, Json<CheckupOut>)> {
    require_own(&app, &actor, id).await?;
    let row = checkup::check(&app, actor.tenant, id, Some(actor.user)).await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

/// Have an offer looked at daily, or no more.
#[utoipa::path(
    patch, path = "/v1/offers/{id}/doctor", tag = "offers", params(("id" = Id<id::Offer>, Path)),
    request_body = DoctorChange, responses((status = 204, description = "It is so."))
)]
pub async fn change(
    State(app): State<App>,
    CanSendReceipts(actor): CanSendReceipts,
    PathId(id): PathId<Id<id::Offer>>,
    Body(change): Body<DoctorChange>,
) -> Answer<StatusCode> {
    require_own(&app, &actor, id).await?;
    checkup::watch(&app, actor.tenant, id, change.is_watched).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Offers whose tracking did not hold when the doctor looked last, the longest ago first.
#[utoipa::path(get, path = "/v1/doctor/broken", tag = "offers", responses((status = 200, body = Page<BrokenOut>)))]
pub async fn list_broken(
    State(app): State<App>,
    CanReadAdvertisers(actor): CanReadAdvertisers,
) -> Answer<Json<Page<BrokenOut>>> {
    let rows = checkup::broken(&app, actor.tenant, actor.advertiser).await?;
    let wanted = Wanted::default().with(rows.iter().map(|row| row.offer_id));
    let page = Page::whole(rows.into_iter().map(BrokenOut::from).collect());
    Ok(Json(wanted.beside(page, app.records.read(), actor.tenant).await?))
}
