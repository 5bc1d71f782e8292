//! Requests for rates over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, Timestamp, id, paging::PageQuery};
use serde::{Deserialize, Serialize};

use super::{
    figures::{self, BumpFigures},
    model::{BumpState, Model},
    requests::{self, BumpDecision, BumpRequestFilter, NewBumpRequest},
};
use crate::{
    App,
    identity::permissions::{CanReadBumpRequests, CanReadPlans, CanRequestRates},
    offers,
    plans::rules::{Effect, Rate},
    platform::{
        Answer, Body,
        body::{Params, PathId},
        labels::Wanted,
    },
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "bmp_01KAMX4S5T0000000000000000", "offer_id": "ofr_01KAMX4S5T0000000000000000",
    "goal_id": "gol_01KAMX4S5T0000000000000000", "partner_id": "prt_01KAMX4S5T0000000000000000",
    "wanted": {"percent": "12.5"}, "offered": null, "words": "400 approved sales last month", "answer": null,
    "state": "requested", "ends_at": null, "created_at": "2026-11-22T09:30:00.000Z", "decided_at": null
}))]
pub struct BumpRequestOut {
    pub id: Id<id::BumpRequest>,
    pub offer_id: Id<id::Offer>,
    pub goal_id: Id<id::Goal>,
    pub partner_id: Id<id::Partner>,
    pub wanted: Effect,
    /// What the manager offers in its place.
    pub offered: Option<Effect>,
    /// What the partner says for it.
    pub words: Option<String>,
    /// What the manager answered.
    pub answer: Option<String>,
    pub state: BumpState,
    /// The rate ends at this moment; absent where it has no end.
    pub ends_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub decided_at: Option<Timestamp>,
}

impl From<Model> for BumpRequestOut {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            offer_id: row.offer_id,
            goal_id: row.goal_id,
            partner_id: row.partner_id,
            wanted: row.rates.wanted,
            offered: row.rates.offered,
            words: row.words,
            answer: row.answer,
            state: row.state,
            ends_at: row.ends_at,
            created_at: row.created_at,
            decided_at: row.decided_at,
        }
    }
}

/// Ask for a rate of one's own on an offer.
#[utoipa::path(
    post, path = "/v1/bump-requests", tag = "plans", request_body = NewBumpRequest,
    responses((status = 201, body = BumpRequestOut))
)]
pub async fn create(
    State(app): State<App>,
    CanRequestRates(actor): CanRequestRates,
    Body(new): Body<NewBumpRequest>,
) -> Answer<(StatusCode, Json<BumpRequestOut>)> {
    let row = requests::create(&app, &actor, new).await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

/// Requests for rates, newest first. A partner sees its own.
#[utoipa::path(
    get, path = "/v1/bump-requests", tag = "plans", params(BumpRequestFilter, PageQuery),
    responses((status = 200, body = Page<BumpRequestOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadBumpRequests(actor): CanReadBumpRequests,
    Params(filter): Params<BumpRequestFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<BumpRequestOut>>> {
    let records = app.records.read();
    let rows = Page::from_rows(requests::page(records, &actor, &filter, &page).await?, &page, |row| row.id);
    let wanted = Wanted::default()
        .with(rows.items.iter().map(|row| row.offer_id))
        .with(rows.items.iter().map(|row| row.goal_id))
        .with(rows.items.iter().map(|row| row.partner_id));
    Ok(Json(wanted.beside(rows.map(BumpRequestOut::from), records, actor.tenant).await?))
}

/// Accept a request, counter it with another rate, or decline it with words; the partner accepts a counter or withdraws.
#[utoipa::path(
    patch, path = "/v1/bump-requests/{id}", tag = "plans", params(("id" = Id<id::BumpRequest>, Path)),
    request_body = BumpDecision, responses((status = 200, body = BumpRequestOut))
)]
pub async fn decide(
    State(app): State<App>,
    CanRequestRates(actor): CanRequestRates,
    PathId(id): PathId<Id<id::BumpRequest>>,
    Body(decision): Body<BumpDecision>,
) -> Answer<Json<BumpRequestOut>> {
    Ok(Json(requests::decide(&app, &actor, id, decision).await?.into()))
}

/// Another rate than the one on the table.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OtherRate {
    /// Minor units.
    pub minor: Option<i64>,
    pub percent: Option<String>,
}

/// What the partner has now, its approval rate and margin in the last 30 and 90 days, and the margin at the rate asked
/// for, offered, or named here.
#[utoipa::path(
    get, path = "/v1/bump-requests/{id}/figures", tag = "plans",
    params(("id" = Id<id::BumpRequest>, Path), OtherRate), responses((status = 200, body = BumpFigures))
)]
pub async fn figures(
    State(app): State<App>,
    CanReadPlans(actor): CanReadPlans,
    PathId(id): PathId<Id<id::BumpRequest>>,
    Params(other): Params<OtherRate>,
) -> Answer<Json<BumpFigures>> {
    let records = app.records.read();
    let row = requests::get(records, &actor, id).await?;
    let offer = offers::store::get(records, actor.tenant, row.offer_id).await?;
    let percent = other.percent.as_deref().map(str::parse).transpose();
    let percent = percent.map_err(|_| {
        kernel::Refusal::field("percent", "must be an amount of 0 to 1000000000000 minor units or 0 to 1000 per cent")
    })?;
    let named = other.minor.map(Rate::Minor).or(percent.map(Rate::Percent)).map(Effect::from);
    let rate = named.unwrap_or_else(|| row.rates.agreed().clone()).checked("rate")?;
    Ok(Json(figures::figures(&app, &actor, &row, offer.currency.clone(), rate).await?))
}
