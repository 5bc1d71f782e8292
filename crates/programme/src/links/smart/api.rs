//! Smart links over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, id, paging::PageQuery};

use super::{
    change::{self, NewSmartLink, SmartLinkChange, Whole},
    shape::{self, Around, SmartLinkOut},
    store::{self, SmartLinkFilter},
};
use crate::{
    App, domains,
    identity::{
        Actor,
        permissions::{CanEditSmartLinks, CanReadSmartLinks},
    },
    platform::{
        Answer, Body,
        body::{Params, PathId},
        labels::Wanted,
    },
    workspaces,
};

async fn shown(app: &App, actor: &Actor, rows: Vec<Whole>) -> Answer<Vec<SmartLinkOut>> {
    let records = app.records.read();
    let domains = domains::store::usable(records, actor.tenant).await?;
    let currency = workspaces::store::get(records, actor.tenant).await?.currency()?;
    let around = Around { app, actor, domains: &domains, currency };
    Ok(rows.into_iter().map(|(row, members)| shape::shown(&around, row, &members)).collect())
}

async fn one(app: &App, actor: &Actor, whole: Whole) -> Answer<SmartLinkOut> {
    Ok(shown(app, actor, vec![whole]).await?.pop().expect("one row in, one out"))
}

/// Make a smart link: one address over many offers. It works when this is answered.
#[utoipa::path(
    post, path = "/v1/smart-links", tag = "links", request_body = NewSmartLink,
    responses((status = 201, body = SmartLinkOut))
)]
pub async fn create(
    State(app): State<App>,
    CanEditSmartLinks(actor): CanEditSmartLinks,
    Body(new): Body<NewSmartLink>,
) -> Answer<(StatusCode, Json<SmartLinkOut>)> {
    let whole = change::create(&app, &actor, new).await?;
    Ok((StatusCode::CREATED, Json(one(&app, &actor, whole).await?)))
}

/// Smart links, newest first. A partner sees its own.
#[utoipa::path(
    get, path = "/v1/smart-links", tag = "links", params(SmartLinkFilter, PageQuery),
    responses((status = 200, body = Page<SmartLinkOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadSmartLinks(actor): CanReadSmartLinks,
    Params(filter): Params<SmartLinkFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<SmartLinkOut>>> {
    let records = app.records.read();
    let rows = store::page(records, &actor, &filter, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id);
    let mut members = store::members_of(records, rows.items.iter().map(|row| row.id)).await?;
    let offers = members.values().flatten().map(|member| member.offer_id);
    let wanted = Wanted::default().with(offers).with(rows.items.iter().map(|row| row.partner_id));
    let Page { items, next_cursor, labels } = rows;
    let whole = items.into_iter().map(|row| {
        let members = members.remove(&row.id).unwrap_or_default();
        (row, members)
    });
    let shown = Page { items: shown(&app, &actor, whole.collect()).await?, next_cursor, labels };
    Ok(Json(wanted.beside(shown, records, actor.tenant).await?))
}

/// One smart link, with what it has learned of its offers.
#[utoipa::path(
    get, path = "/v1/smart-links/{id}", tag = "links", params(("id" = Id<id::SmartLink>, Path)),
    responses((status = 200, body = SmartLinkOut))
)]
pub async fn show(
    State(app): State<App>,
    CanReadSmartLinks(actor): CanReadSmartLinks,
    PathId(id): PathId<Id<id::SmartLink>>,
) -> Answer<Json<SmartLinkOut>> {
    let row = store::get(app.records.read(), &actor, id).await?;
    let members = store::members_of(app.records.read(), [id]).await?.remove(&id).unwrap_or_default();
    Ok(Json(one(&app, &actor, (row, members)).await?))
}

/// Change how a smart link chooses, or its offers. Answered when the local edge has seen it.
#[utoipa::path(
    patch, path = "/v1/smart-links/{id}", tag = "links", params(("id" = Id<id::SmartLink>, Path)),
    request_body = SmartLinkChange, responses((status = 200, body = SmartLinkOut))
)]
pub async fn update(
    State(app): State<App>,
    CanEditSmartLinks(actor): CanEditSmartLinks,
    PathId(id): PathId<Id<id::SmartLink>>,
    Body(wanted): Body<SmartLinkChange>,
) -> Answer<Json<SmartLinkOut>> {
    let whole = change::update(&app, &actor, id, wanted).await?;
    Ok(Json(one(&app, &actor, whole).await?))
}
