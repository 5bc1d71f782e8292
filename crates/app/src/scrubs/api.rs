//! Scrubs over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, PageQuery, Refusal, Timestamp, id};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde::Deserialize;

use super::{
    appeals::{self, AppealAnswer},
    ask::{self, NewScrubRequest},
    decide::{self, DecideScrubs},
    entity::{
        scrub::{AppealState, Column, Entity, ScrubBearer, ScrubState},
        terms::Model as Terms,
    },
    shapes::{ScrubOut, ScrubRequestOut, ScrubShare, ScrubTerms},
    terms,
};
use crate::{
    App, advertisers,
    identity::{
        Role,
        permissions::{CanAppealScrubs, CanDecideScrubs, CanReadBilling, CanReadScrubs, CanRequestScrubs},
    },
    platform::{
        Answer, Body,
        body::{Params, PathId},
        labels::Wanted,
        listing::newest_first,
    },
};

/// Until when an advertiser may ask to have conversions removed, and partners appeal.
#[utoipa::path(
    get, path = "/v1/advertisers/{id}/scrub-terms", tag = "scrubs", params(("id" = Id<id::Advertiser>, Path)),
    responses((status = 200, body = ScrubTerms))
)]
pub async fn terms(
    State(app): State<App>,
    CanReadBilling(actor): CanReadBilling,
    PathId(id): PathId<Id<id::Advertiser>>,
) -> Answer<Json<ScrubTerms>> {
    actor.require_advertiser(id)?;
    advertisers::store::get(app.records.read(), actor.tenant, id).await?;
    Ok(Json(terms::of(app.records.read(), actor.tenant, id).await?.into()))
}

/// Agree on other terms. What was asked for before stays.
#[utoipa::path(
    put, path = "/v1/advertisers/{id}/scrub-terms", tag = "scrubs", params(("id" = Id<id::Advertiser>, Path)),
    request_body = ScrubTerms, responses((status = 200, body = ScrubTerms))
)]
pub async fn set_terms(
    State(app): State<App>,
    CanDecideScrubs(actor): CanDecideScrubs,
    PathId(id): PathId<Id<id::Advertiser>>,
    Body(body): Body<ScrubTerms>,
) -> Answer<Json<ScrubTerms>> {
    let row = Terms {
        advertiser_id: id,
        workspace_id: actor.tenant.id(),
        scrub_days: body.scrub_days,
        counted_from: body.counted_from,
        appeal_days: body.appeal_days,
    };
    Ok(Json(terms::set(&app, &actor, row).await?.into()))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ScrubShareOf {
    /// By the day of the event.
    pub from: Timestamp,
    pub to: Timestamp,
}

/// How much of what was approved in a time the advertiser had removed.
#[utoipa::path(
    get, path = "/v1/advertisers/{id}/scrub-share", tag = "scrubs",
    params(("id" = Id<id::Advertiser>, Path), ScrubShareOf), responses((status = 200, body = ScrubShare))
)]
pub async fn share(
    State(app): State<App>,
    CanReadBilling(actor): CanReadBilling,
    PathId(id): PathId<Id<id::Advertiser>>,
    Params(of): Params<ScrubShareOf>,
) -> Answer<Json<ScrubShare>> {
    actor.require_advertiser(id)?;
    advertisers::store::get(app.records.read(), actor.tenant, id).await?;
    let (approved, scrubbed) = terms::share(app.records.read(), actor.tenant, id, (of.from, of.to)).await?;
    Ok(Json(ScrubShare { approved, scrubbed, share_bp: (scrubbed * 10_000).checked_div(approved) }))
}

/// Ask to have approved conversions removed, with evidence, before the right lapses. All are asked for, or none.
#[utoipa::path(
    post, path = "/v1/scrub-requests", tag = "scrubs", request_body = NewScrubRequest,
    responses((status = 201, body = ScrubRequestOut),
        (status = 409, description = "`deadline_passed`, `already_exists`, `illegal_move`"))
)]
pub async fn create(
    State(app): State<App>,
    CanRequestScrubs(actor): CanRequestScrubs,
    Body(new): Body<NewScrubRequest>,
) -> Answer<(StatusCode, Json<ScrubRequestOut>)> {
    let (request, rows) = ask::ask(&app, &actor, &new).await?;
    Ok((StatusCode::CREATED, Json(ScrubRequestOut::of(request, rows, &actor))))
}

/// A request with its evidence and its conversions. An advertiser sees its own; partners see single scrubs instead.
#[utoipa::path(
    get, path = "/v1/scrub-requests/{id}", tag = "scrubs", params(("id" = Id<id::ScrubRequest>, Path)),
    responses((status = 200, body = ScrubRequestOut))
)]
pub async fn show(
    State(app): State<App>,
    CanReadScrubs(actor): CanReadScrubs,
    PathId(id): PathId<Id<id::ScrubRequest>>,
) -> Answer<Json<ScrubRequestOut>> {
    let (request, rows) = decide::get(app.records.read(), &actor, id).await?;
    if !actor.role.is_staff() && actor.advertiser != Some(request.advertiser_id) {
        return Err(Refusal::not_found("request").into());
    }
    Ok(Json(ScrubRequestOut::of(request, rows, &actor)))
}

/// Accept or refuse some or all of a request, and say who bears what is accepted.
#[utoipa::path(
    post, path = "/v1/scrub-requests/{id}/decisions", tag = "scrubs",
    params(("id" = Id<id::ScrubRequest>, Path)), request_body = DecideScrubs,
    responses((status = 200, body = ScrubRequestOut), (status = 409, description = "`already_decided`"))
)]
pub async fn decide(
    State(app): State<App>,
    CanDecideScrubs(actor): CanDecideScrubs,
    PathId(id): PathId<Id<id::ScrubRequest>>,
    Body(wanted): Body<DecideScrubs>,
) -> Answer<Json<ScrubRequestOut>> {
    let (request, rows) = decide::decide(&app, &actor, id, &wanted).await?;
    Ok(Json(ScrubRequestOut::of(request, rows, &actor)))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ScrubFilter {
    pub advertiser_id: Option<Id<id::Advertiser>>,
    pub request_id: Option<Id<id::ScrubRequest>>,
    pub conversion_id: Option<Id<id::Conversion>>,
    pub state: Option<ScrubState>,
    pub appeal_state: Option<AppealState>,
}

/// Conversions that advertisers asked to have removed, newest first. An advertiser sees its own; a partner sees what it
/// bears.
#[utoipa::path(
    get, path = "/v1/scrubs", tag = "scrubs", params(ScrubFilter, PageQuery),
    responses((status = 200, body = Page<ScrubOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadScrubs(actor): CanReadScrubs,
    Params(filter): Params<ScrubFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<ScrubOut>>> {
    let mut query = Entity::find().filter(Column::WorkspaceId.eq(actor.tenant.id()));
    if actor.role == Role::Partner {
        let borne = Column::Bearer.is_in([ScrubBearer::Partner, ScrubBearer::Split]);
        query = query.filter(Column::PartnerId.eq(actor.partner)).filter(borne);
    } else if actor.role == Role::Advertiser {
        query = query.filter(Column::AdvertiserId.eq(actor.advertiser));
    }
    if let Some(advertiser) = filter.advertiser_id {
        query = query.filter(Column::AdvertiserId.eq(advertiser));
    }
    if let Some(request) = filter.request_id {
        query = query.filter(Column::RequestId.eq(request));
    }
    if let Some(conversion) = filter.conversion_id {
        query = query.filter(Column::ConversionId.eq(conversion));
    }
    if let Some(state) = filter.state {
        query = query.filter(Column::State.eq(state));
    }
    if let Some(state) = filter.appeal_state.filter(|_| actor.role != Role::Advertiser) {
        query = query.filter(Column::AppealState.eq(state));
    }
    let rows = newest_first::<_, id::Scrub>(app.records.read(), query, Column::Id, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id).map(|row| ScrubOut::of(row, &actor));
    let mut wanted = Wanted::default();
    if actor.role.is_staff() {
        wanted = wanted
            .with(rows.items.iter().map(|row| row.advertiser_id))
            .with(rows.items.iter().filter_map(|row| row.partner_id));
    }
    Ok(Json(wanted.beside(rows, app.records.read(), actor.tenant).await?))
}

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"words": "The parcel was delivered, the slip names another order"}))]
#[serde(deny_unknown_fields)]
pub struct ScrubAppeal {
    pub words: String,
}

/// Appeal against what the partner bears, once.
#[utoipa::path(
    post, path = "/v1/scrubs/{id}/appeal", tag = "scrubs", params(("id" = Id<id::Scrub>, Path)),
    request_body = ScrubAppeal,
    responses((status = 200, body = ScrubOut), (status = 409, description = "`deadline_passed`, `already_exists`"))
)]
pub async fn appeal(
    State(app): State<App>,
    CanAppealScrubs(actor): CanAppealScrubs,
    PathId(id): PathId<Id<id::Scrub>>,
    Body(body): Body<ScrubAppeal>,
) -> Answer<Json<ScrubOut>> {
    Ok(Json(ScrubOut::of(appeals::appeal(&app, &actor, id, &body.words).await?, &actor)))
}

/// Answer an appeal. One that is upheld gives the partner its pay again, and the network bears it.
#[utoipa::path(
    post, path = "/v1/scrubs/{id}/answer", tag = "scrubs", params(("id" = Id<id::Scrub>, Path)),
    request_body = AppealAnswer, responses((status = 200, body = ScrubOut), (status = 409, description = "`already_decided`"))
)]
pub async fn answer(
    State(app): State<App>,
    CanDecideScrubs(actor): CanDecideScrubs,
    PathId(id): PathId<Id<id::Scrub>>,
    Body(body): Body<AppealAnswer>,
) -> Answer<Json<ScrubOut>> {
    Ok(Json(ScrubOut::of(appeals::answer(&app, &actor, id, &body).await?, &actor)))
}
