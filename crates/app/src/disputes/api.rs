//! Disputes over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, PageQuery, id};
use sea_orm::{ColumnTrait as _, QueryFilter as _};
use serde::Deserialize;

use super::{
    decide::{self, DecideDispute},
    entity::{
        dispute::{Column, DisputeKind, DisputeState},
        terms::Model as Terms,
    },
    open::{self, NewDispute},
    related,
    shapes::{DisputeDetail, DisputeMessageOut, DisputeOut, DisputeTerms},
    store, terms, thread,
};
use crate::{
    App,
    identity::{
        Actor,
        permissions::{CanDecideDisputes, CanDispute, CanReadDisputes},
    },
    platform::{
        Answer, Body,
        body::{Params, PathId},
        labels::Wanted,
        listing::newest_first,
    },
};

/// Until when partners may dispute, and by when they are answered.
#[utoipa::path(get, path = "/v1/dispute-terms", tag = "disputes", responses((status = 200, body = DisputeTerms)))]
pub async fn terms(State(app): State<App>, CanReadDisputes(actor): CanReadDisputes) -> Answer<Json<DisputeTerms>> {
    Ok(Json(terms::of(app.records.read(), actor.tenant).await?.into()))
}

/// Set other days. Disputes that are open keep theirs.
#[utoipa::path(
    put, path = "/v1/dispute-terms", tag = "disputes", request_body = DisputeTerms,
    responses((status = 200, body = DisputeTerms))
)]
pub async fn set_terms(
    State(app): State<App>,
    CanDecideDisputes(actor): CanDecideDisputes,
    Body(body): Body<DisputeTerms>,
) -> Answer<Json<DisputeTerms>> {
    let DisputeTerms { dispute_days, answer_days } = body;
    let row = Terms { workspace_id: actor.tenant.id(), dispute_days, answer_days };
    Ok(Json(terms::set(&app, &actor, row).await?.into()))
}

/// Dispute a conversion that is missing, rejected or wrongly priced. One conversion has one open dispute.
#[utoipa::path(
    post, path = "/v1/disputes", tag = "disputes", request_body = NewDispute,
    responses((status = 201, body = DisputeOut),
        (status = 409, description = "`deadline_passed`, `already_exists`, `illegal_move`"))
)]
pub async fn create(
    State(app): State<App>,
    CanDispute(actor): CanDispute,
    Body(new): Body<NewDispute>,
) -> Answer<(StatusCode, Json<DisputeOut>)> {
    Ok((StatusCode::CREATED, Json(open::open(&app, &actor, &new).await?.into())))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DisputeFilter {
    pub state: Option<DisputeState>,
    pub kind: Option<DisputeKind>,
    pub partner_id: Option<Id<id::Partner>>,
    pub conversion_id: Option<Id<id::Conversion>>,
}

/// Disputes, newest first. A partner sees its own.
#[utoipa::path(
    get, path = "/v1/disputes", tag = "disputes", params(DisputeFilter, PageQuery),
    responses((status = 200, body = Page<DisputeOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadDisputes(actor): CanReadDisputes,
    Params(filter): Params<DisputeFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<DisputeOut>>> {
    let mut query = store::visible(&actor);
    if let Some(state) = filter.state {
        query = query.filter(Column::State.eq(state));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(Column::Kind.eq(kind));
    }
    if let Some(partner) = filter.partner_id {
        query = query.filter(Column::PartnerId.eq(partner));
    }
    if let Some(conversion) = filter.conversion_id {
        query = query.filter(Column::ConversionId.eq(conversion));
    }
    let rows = newest_first::<_, id::Dispute>(app.records.read(), query, Column::Id, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id).map(DisputeOut::from);
    let wanted = Wanted::default()
        .with(rows.items.iter().map(|row| row.partner_id))
        .with(rows.items.iter().filter_map(|row| row.offer_id));
    Ok(Json(wanted.beside(rows, app.records.read(), actor.tenant).await?))
}

/// One dispute with what both sides wrote.
#[utoipa::path(
    get, path = "/v1/disputes/{id}", tag = "disputes", params(("id" = Id<id::Dispute>, Path)),
    responses((status = 200, body = DisputeDetail))
)]
pub async fn show(
    State(app): State<App>,
    CanReadDisputes(actor): CanReadDisputes,
    PathId(id): PathId<Id<id::Dispute>>,
) -> Answer<Json<DisputeDetail>> {
    Ok(Json(detail(&app, &actor, id).await?))
}

async fn detail(app: &App, actor: &Actor, id: Id<id::Dispute>) -> Answer<DisputeDetail> {
    let records = app.records.read();
    let row = store::get(records, actor, id).await?;
    let messages = store::messages(records, &row).await?.into_iter().map(DisputeMessageOut::from).collect();
    let related = if actor.role.is_staff() { Some(related::of(records, &row).await?) } else { None };
    Ok(DisputeDetail { dispute: row.into(), messages, related })
}

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"words": "Which order was it?"}))]
#[serde(deny_unknown_fields)]
pub struct DisputeWords {
    pub words: String,
}

/// Write to the other side while the dispute is open.
#[utoipa::path(
    post, path = "/v1/disputes/{id}/messages", tag = "disputes", params(("id" = Id<id::Dispute>, Path)),
    request_body = DisputeWords,
    responses((status = 200, body = DisputeDetail), (status = 409, description = "`already_decided`"))
)]
pub async fn say(
    State(app): State<App>,
    CanDispute(actor): CanDispute,
    PathId(id): PathId<Id<id::Dispute>>,
    Body(body): Body<DisputeWords>,
) -> Answer<Json<DisputeDetail>> {
    thread::say(&app, &actor, id, &body.words).await?;
    Ok(Json(detail(&app, &actor, id).await?))
}

/// Decide a dispute. A rejected conversion that is upheld is reinstated, a missing one reported like any other, a wrong
/// price made up for by an adjustment.
#[utoipa::path(
    post, path = "/v1/disputes/{id}/decision", tag = "disputes", params(("id" = Id<id::Dispute>, Path)),
    request_body = DecideDispute,
    responses((status = 200, body = DisputeOut), (status = 409, description = "`already_decided`, `illegal_move`"))
)]
pub async fn decide(
    State(app): State<App>,
    CanDecideDisputes(actor): CanDecideDisputes,
    PathId(id): PathId<Id<id::Dispute>>,
    Body(wanted): Body<DecideDispute>,
) -> Answer<Json<DisputeOut>> {
    Ok(Json(decide::decide(&app, &actor, id, &wanted).await?.into()))
}

/// Take a dispute back.
#[utoipa::path(
    post, path = "/v1/disputes/{id}/withdraw", tag = "disputes", params(("id" = Id<id::Dispute>, Path)),
    responses((status = 200, body = DisputeOut), (status = 409, description = "`already_decided`"))
)]
pub async fn withdraw(
    State(app): State<App>,
    CanDispute(actor): CanDispute,
    PathId(id): PathId<Id<id::Dispute>>,
) -> Answer<Json<DisputeOut>> {
    Ok(Json(open::withdraw(&app, &actor, id).await?.into()))
}
