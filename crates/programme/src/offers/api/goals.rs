//! Goals and rates.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, id};

use crate::{
    App,
    identity::permissions::{CanEditOffers, CanEditPlans},
    offers::{
        goals::{self, GoalChange, NewGoal},
        rates::{self, PartnerRatesIn},
        view::{self, OfferOut},
    },
    platform::{Answer, Body, body::PathId},
};

/// Add a goal.
#[utoipa::path(
    post, path = "/v1/offers/{id}/goals", tag = "offers", params(("id" = Id<id::Offer>, Path)),
    request_body = NewGoal, responses((status = 201, body = OfferOut))
)]
pub async fn add(
    State(app): State<App>,
    CanEditOffers(actor): CanEditOffers,
    PathId(id): PathId<Id<id::Offer>>,
    Body(new): Body<NewGoal>,
) -> Answer<(StatusCode, Json<OfferOut>)> {
    let row = goals::add(&app, &actor, id, new).await?;
    let shown = view::one(app.records.read(), &actor, row, app.ambient.now()).await?;
    Ok((StatusCode::CREATED, Json(shown)))
}

/// Change a goal. New rates are a new version of the plan, from now or from a moment to come.
#[utoipa::path(
    patch, path = "/v1/offers/{id}/goals/{goal_id}", tag = "offers",
    params(("id" = Id<id::Offer>, Path), ("goal_id" = Id<id::Goal>, Path)),
    request_body = GoalChange, responses((status = 200, body = OfferOut))
)]
pub async fn update(
    State(app): State<App>,
    CanEditOffers(actor): CanEditOffers,
    PathId(ids): PathId<(Id<id::Offer>, Id<id::Goal>)>,
    Body(change): Body<GoalChange>,
) -> Answer<Json<OfferOut>> {
    let row = goals::update(&app, &actor, ids, change).await?;
    Ok(Json(view::one(app.records.read(), &actor, row, app.ambient.now()).await?))
}

/// Replace the rates one partner has of its own on an offer. Goals that are not listed have the offer's.
#[utoipa::path(
    put, path = "/v1/offers/{id}/partner-rates/{partner_id}", tag = "plans",
    params(("id" = Id<id::Offer>, Path), ("partner_id" = Id<id::Partner>, Path)),
    request_body = PartnerRatesIn, responses((status = 200, body = OfferOut))
)]
pub async fn set_partner_rates(
    State(app): State<App>,
    CanEditPlans(actor): CanEditPlans,
    PathId(ids): PathId<(Id<id::Offer>, Id<id::Partner>)>,
    Body(rates): Body<PartnerRatesIn>,
) -> Answer<Json<OfferOut>> {
    let row = rates::set(&app, &actor, ids, rates).await?;
    Ok(Json(view::one(app.records.read(), &actor, row, app.ambient.now()).await?))
}
