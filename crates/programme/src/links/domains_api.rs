//! What is done with a tracking domain and its links at once, over HTTP.

use axum::{Json, extract::State};
use kernel::{Id, id};

use super::{
    checks,
    swap::{self, Swap, Swapped},
};
use crate::{
    App,
    domains::{api::DomainOut, store},
    identity::permissions::CanEditDomains,
    platform::{Answer, Body, body::PathId},
};

/// Look at a tracking domain now: its name, its certificate, whether it leads here and redirects, block lists.
#[utoipa::path(
    post, path = "/v1/domains/{id}/check", tag = "domains", params(("id" = Id<id::TrackingDomain>, Path)),
    responses((status = 200, body = DomainOut))
)]
pub async fn check(
    State(app): State<App>,
    CanEditDomains(actor): CanEditDomains,
    PathId(id): PathId<Id<id::TrackingDomain>>,
) -> Answer<Json<DomainOut>> {
    let row = store::get(app.records.read(), actor.tenant, id).await?;
    let lists = checks::block_lists(app.settings.domain_blocklists.as_deref());
    Ok(Json(checks::check(&app, row, &lists).await?.into()))
}

/// Ban a tracking domain and put its owner's best spare in its place. Links that were given out go on working.
#[utoipa::path(
    post, path = "/v1/domains/{id}/swap", tag = "domains", params(("id" = Id<id::TrackingDomain>, Path)),
    request_body = Swap, responses((status = 200, body = Swapped))
)]
pub async fn swap(
    State(app): State<App>,
    CanEditDomains(actor): CanEditDomains,
    PathId(id): PathId<Id<id::TrackingDomain>>,
    Body(wanted): Body<Swap>,
) -> Answer<Json<Swapped>> {
    Ok(Json(swap::swap(&app, &actor, id, wanted).await?))
}
