//! Landing pages.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, id};

use crate::{
    App,
    identity::permissions::CanEditOffers,
    offers::{
        landings::{self, LandingChange, NewLanding},
        view::{self, OfferOut},
    },
    platform::{Answer, Body, body::PathId},
};

/// Add a landing page. Its host joins the offer's allowed hosts.
#[utoipa::path(
    post, path = "/v1/offers/{id}/landings", tag = "offers", params(("id" = Id<id::Offer>, Path)),
    request_body = NewLanding, responses((status = 201, body = OfferOut))
)]
pub async fn add(
    State(app): State<App>,
    CanEditOffers(actor): CanEditOffers,
    PathId(id): PathId<Id<id::Offer>>,
    Body(new): Body<NewLanding>,
) -> Answer<(StatusCode, Json<OfferOut>)> {
    let row = landings::add(&app, &actor, id, new).await?;
    let shown = view::one(app.records.read(), &actor, row, app.ambient.now()).await?;
    Ok((StatusCode::CREATED, Json(shown)))
}

/// Change a landing page, or pause it.
#[utoipa::path(
    patch, path = "/v1/offers/{id}/landings/{landing_id}", tag = "offers",
    params(("id" = Id<id::Offer>, Path), ("landing_id" = Id<id::Landing>, Path)),
    request_body = LandingChange, responses((status = 200, body = OfferOut))
)]
pub async fn update(
    State(app): State<App>,
    CanEditOffers(actor): CanEditOffers,
    PathId(ids): PathId<(Id<id::Offer>, Id<id::Landing>)>,
    Body(change): Body<LandingChange>,
) -> Answer<Json<OfferOut>> {
    let row = landings::update(&app, &actor, ids, change).await?;
    Ok(Json(view::one(app.records.read(), &actor, row, app.ambient.now()).await?))
}
