//! Days that differ from the offers' own.

use axum::{Json, extract::State};
use kernel::{Id, id};
use serde::{Deserialize, Serialize};

use crate::{
    App,
    identity::permissions::{CanEditOffers, CanSeeClocks},
    offers::clocks::{
        change::{self, ClockTermIn},
        entity::Model,
    },
    platform::{Answer, Body, body::Params},
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "clt_01KAMX4S5T0000000000000000", "offer_id": "ofr_01KAMX4S5T0000000000000000", "goal_id": null,
    "partner_group": "vip", "validation_days": null, "hold_days": 3
}))]
pub struct ClockTermOut {
    pub id: Id<id::ClockTerm>,
    /// Absent for every offer.
    pub offer_id: Option<Id<id::Offer>>,
    pub goal_id: Option<Id<id::Goal>>,
    pub partner_group: Option<String>,
    pub validation_days: Option<i32>,
    pub hold_days: Option<i32>,
}

impl From<Model> for ClockTermOut {
    fn from(row: Model) -> Self {
        let Model { id, offer_id, goal_id, partner_group, validation_days, hold_days, .. } = row;
        Self { id, offer_id, goal_id, partner_group, validation_days, hold_days }
    }
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct ClockTermList {
    pub items: Vec<ClockTermOut>,
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ClockFilter {
    /// This offer's, and those of groups on every offer.
    pub offer_id: Option<Id<id::Offer>>,
}

/// Days of goals and of groups of partners that differ from the offers' own. The most specific wins: goal and group, goal,
/// group on the offer, group everywhere, offer.
#[utoipa::path(get, path = "/v1/clocks", tag = "offers", params(ClockFilter), responses((status = 200, body = ClockTermList)))]
pub async fn list(
    State(app): State<App>,
    CanSeeClocks(actor): CanSeeClocks,
    Params(filter): Params<ClockFilter>,
) -> Answer<Json<ClockTermList>> {
    let rows = change::list(app.records.read(), actor.tenant, filter.offer_id).await?;
    Ok(Json(ClockTermList { items: rows.into_iter().map(ClockTermOut::from).collect() }))
}

/// Set the days of a goal, of a group, or of both; without days they are the offer's again. Answers all of them.
#[utoipa::path(
    put, path = "/v1/clocks", tag = "offers", request_body = ClockTermIn,
    responses((status = 200, body = ClockTermList))
)]
pub async fn set(
    State(app): State<App>,
    CanEditOffers(actor): CanEditOffers,
    Body(wanted): Body<ClockTermIn>,
) -> Answer<Json<ClockTermList>> {
    let rows = change::set(&app, &actor, &wanted).await?;
    Ok(Json(ClockTermList { items: rows.into_iter().map(ClockTermOut::from).collect() }))
}
