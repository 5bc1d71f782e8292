//! The ladder and the calls of an advertiser over HTTP.

use axum::{Json, extract::State};
use kernel::{Id, Page, Timestamp, id};
use serde::Deserialize;

use super::{
    calls::{self, Call, Calls},
    ladder::{self, DAYS, DryLook, Ladder, LadderChange},
};
use crate::{
    App,
    identity::permissions::{CanEditAdvertisers, CanReadAdvertisers},
    platform::{
        Answer, Body,
        body::{Params, PathId},
    },
};

/// The trust ladder of an advertiser: the rung it asks for, who stood on which in the last seven days, and how many each
/// would have refused.
#[utoipa::path(
    get, path = "/v1/advertisers/{id}/ladder", tag = "advertisers", params(("id" = Id<id::Advertiser>, Path)),
    responses((status = 200, body = Ladder))
)]
pub async fn show_ladder(
    State(app): State<App>,
    CanReadAdvertisers(actor): CanReadAdvertisers,
    PathId(id): PathId<Id<id::Advertiser>>,
) -> Answer<Json<Ladder>> {
    actor.require_advertiser(id)?;
    Ok(Json(ladder::ladder(&app, actor.tenant, id).await?))
}

/// Try a change of the proof that is asked for on the calls of the last seven days. Nothing is changed.
#[utoipa::path(
    post, path = "/v1/advertisers/{id}/ladder/try", tag = "advertisers", params(("id" = Id<id::Advertiser>, Path)),
    request_body = LadderChange, responses((status = 200, body = DryLook))
)]
pub async fn try_ladder(
    State(app): State<App>,
    CanEditAdvertisers(actor): CanEditAdvertisers,
    PathId(id): PathId<Id<id::Advertiser>>,
    Body(change): Body<LadderChange>,
) -> Answer<Json<DryLook>> {
    Ok(Json(ladder::dry_look(&app, actor.tenant, id, change).await?))
}

/// What an advertiser's calls said in the last seven days, by reason, with what to do about it.
#[utoipa::path(
    get, path = "/v1/advertisers/{id}/calls", tag = "advertisers", params(("id" = Id<id::Advertiser>, Path)),
    responses((status = 200, body = Calls))
)]
pub async fn list_calls(
    State(app): State<App>,
    CanReadAdvertisers(actor): CanReadAdvertisers,
    PathId(id): PathId<Id<id::Advertiser>>,
) -> Answer<Json<Calls>> {
    actor.require_advertiser(id)?;
    app.keep_calls().await?;
    Ok(Json(calls::last_days(&app, actor.tenant, id).await?))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Since {
    /// Only calls that came from then on; the last seven days unless said.
    pub since: Option<Timestamp>,
}

/// The last calls of an advertiser, newest first, whatever became of them: to watch a connection come to life.
#[utoipa::path(
    get, path = "/v1/advertisers/{id}/calls/latest", tag = "advertisers",
    params(("id" = Id<id::Advertiser>, Path), Since), responses((status = 200, body = Page<Call>))
)]
pub async fn latest_calls(
    State(app): State<App>,
    CanReadAdvertisers(actor): CanReadAdvertisers,
    PathId(id): PathId<Id<id::Advertiser>>,
    Params(since): Params<Since>,
) -> Answer<Json<Page<Call>>> {
    actor.require_advertiser(id)?;
    app.keep_calls().await?;
    let earliest = app.ambient.now().plus_days(-DAYS);
    let since = since.since.map_or(earliest, |since| since.max(earliest));
    Ok(Json(Page::whole(calls::latest(&app, actor.tenant, id, since).await?)))
}
