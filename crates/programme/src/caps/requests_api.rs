//! Requests for caps over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, Timestamp, id, paging::PageQuery, period::Period};
use serde::Serialize;

use super::{
    model::CapMetric,
    requests::{self, CapRequestDecision, CapRequestFilter, CapRequestState, Model, NewCapRequest},
};
use crate::{
    App,
    identity::permissions::{CanDecideCapRequests, CanReadCaps, CanRequestCaps},
    platform::{
        Answer, Body,
        body::{Params, PathId},
        labels::Wanted,
    },
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "cpr_01KAMX4S5T0000000000000000", "offer_id": "ofr_01KAMX4S5T0000000000000000",
    "partner_id": "prt_01KAMX4S5T0000000000000000", "metric": "conversions", "period": "day", "limit": 50, "currency": null,
    "note": "A new source, about 2,000 clicks a day", "state": "requested", "reason": null, "cap_id": null,
    "created_at": "2026-11-22T09:30:00.000Z", "decided_at": null
}))]
pub struct CapRequestOut {
    pub id: Id<id::CapRequest>,
    pub offer_id: Id<id::Offer>,
    pub partner_id: Id<id::Partner>,
    pub metric: CapMetric,
    pub period: Period,
    /// Things, or minor units of `currency`.
    pub limit: i64,
    pub currency: Option<String>,
    pub note: Option<String>,
    pub state: CapRequestState,
    pub reason: Option<String>,
    pub cap_id: Option<Id<id::Cap>>,
    pub created_at: Timestamp,
    pub decided_at: Option<Timestamp>,
}

impl From<Model> for CapRequestOut {
    fn from(row: Model) -> Self {
        let period = row.period();
        let Model {
            id,
            offer_id,
            partner_id,
            metric,
            currency,
            note,
            state,
            reason,
            cap_id,
            created_at,
            decided_at,
            ..
        } = row;
        let limit = row.limit_count;
        Self {
            id,
            offer_id,
            partner_id,
            metric,
            period,
            limit,
            currency,
            note,
            state,
            reason,
            cap_id,
            created_at,
            decided_at,
        }
    }
}

/// Ask for a cap on one of the own offers.
#[utoipa::path(
    post, path = "/v1/cap-requests", tag = "caps", request_body = NewCapRequest,
    responses((status = 201, body = CapRequestOut))
)]
pub async fn create(
    State(app): State<App>,
    CanRequestCaps(actor): CanRequestCaps,
    Body(new): Body<NewCapRequest>,
) -> Answer<(StatusCode, Json<CapRequestOut>)> {
    let row = requests::create(&app, &actor, new).await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

/// Requests for caps, newest first. A partner sees its own, an advertiser those put before it.
#[utoipa::path(
    get, path = "/v1/cap-requests", tag = "caps", params(CapRequestFilter, PageQuery),
    responses((status = 200, body = Page<CapRequestOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadCaps(actor): CanReadCaps,
    Params(filter): Params<CapRequestFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<CapRequestOut>>> {
    let records = app.records.read();
    let rows = requests::page(records, &actor, &filter, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id);
    let wanted = Wanted::default()
        .with(rows.items.iter().map(|row| row.offer_id))
        .with(rows.items.iter().map(|row| row.partner_id).filter(|_| actor.advertiser.is_none()));
    Ok(Json(wanted.beside(rows.map(CapRequestOut::from), records, actor.tenant).await?))
}

/// Confirm a request, refuse it with a reason, or put it before the advertiser.
#[utoipa::path(
    patch, path = "/v1/cap-requests/{id}", tag = "caps", params(("id" = Id<id::CapRequest>, Path)),
    request_body = CapRequestDecision, responses((status = 200, body = CapRequestOut))
)]
pub async fn decide(
    State(app): State<App>,
    CanDecideCapRequests(actor): CanDecideCapRequests,
    PathId(id): PathId<Id<id::CapRequest>>,
    Body(decision): Body<CapRequestDecision>,
) -> Answer<Json<CapRequestOut>> {
    Ok(Json(requests::decide(&app, &actor, id, decision).await?.into()))
}
