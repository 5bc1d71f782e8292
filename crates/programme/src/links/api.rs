//! Links over HTTP.

use std::collections::HashMap;

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, Timestamp, id, paging::PageQuery};
use serde::Serialize;

use super::{
    change::{self, LinkChange, NewLink},
    model::{LinkState, Model},
    store::{self, LinkFilter},
    trial::{self, TrialIn, TrialOut},
    url,
};
use crate::{
    App,
    domains::{self, model::Model as Domain},
    identity::{
        Actor,
        permissions::{CanEditLinks, CanReadLinks},
    },
    offers::targeting::Targeting,
    platform::{
        Answer, Body,
        body::{Params, PathId},
        columns::TextMap,
        external_refs::{self, RefKind},
        labels::Wanted,
    },
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "lnk_01KAMX4S5T0000000000000000", "slug": "k7m2qx9a", "url": "https://go.riverside.example/c/k7m2qx9a",
    "offer_id": "ofr_01KAMX4S5T0000000000000000", "partner_id": "prt_01KAMX4S5T0000000000000000", "landing_id": null,
    "traffic_type": "seo", "name": "Footer banner", "targeting": [],
    "state": "active", "created_at": "2026-11-22T09:30:00.000Z"
}))]
pub struct LinkOut {
    pub id: Id<id::Link>,
    pub slug: String,
    pub url: String,
    pub offer_id: Id<id::Offer>,
    pub partner_id: Id<id::Partner>,
    pub landing_id: Option<Id<id::Landing>>,
    pub traffic_type: String,
    pub name: Option<String>,
    /// Beside the offer's.
    pub targeting: Targeting,
    pub state: LinkState,
    pub created_at: Timestamp,
    /// What other systems call it, by system. Not shown to partners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_refs: Option<TextMap>,
}

impl LinkOut {
    fn new(app: &App, domains: &[Domain], row: Model) -> Self {
        Self {
            id: row.id,
            url: url::of_link(app, domains, row.partner_id, &row.slug),
            slug: row.slug,
            offer_id: row.offer_id,
            partner_id: row.partner_id,
            landing_id: row.landing_id,
            traffic_type: row.traffic_type,
            name: row.name,
            targeting: row.targeting,
            state: row.state,
            created_at: row.created_at,
            external_refs: None,
        }
    }
}

/// One link as `actor` sees it.
async fn one(app: &App, actor: &Actor, row: Model) -> Answer<LinkOut> {
    let mut shown = shown(app, actor, vec![row]).await?;
    Ok(shown.pop().expect("one row in, one out"))
}

async fn shown(app: &App, actor: &Actor, rows: Vec<Model>) -> Answer<Vec<LinkOut>> {
    let records = app.records.read();
    let domains = domains::store::usable(records, actor.tenant).await?;
    let mut refs = match actor.partner {
        None => external_refs::of_many(records, RefKind::Link, rows.iter().map(|row| row.id)).await?,
        Some(_) => HashMap::new(),
    };
    let shown = rows.into_iter().map(|row| {
        let external_refs = actor.partner.is_none().then(|| refs.remove(&row.id).unwrap_or_default());
        LinkOut { external_refs, ..LinkOut::new(app, &domains, row) }
    });
    Ok(shown.collect())
}

/// Make a link. It works when this is answered.
#[utoipa::path(
    post, path = "/v1/links", tag = "links", request_body = NewLink, responses((status = 201, body = LinkOut))
)]
pub async fn create(
    State(app): State<App>,
    CanEditLinks(actor): CanEditLinks,
    Body(new): Body<NewLink>,
) -> Answer<(StatusCode, Json<LinkOut>)> {
    let row = change::create(&app, &actor, new).await?;
    Ok((StatusCode::CREATED, Json(one(&app, &actor, row).await?)))
}

/// Links, newest first. A partner sees its own.
#[utoipa::path(
    get, path = "/v1/links", tag = "links", params(LinkFilter, PageQuery),
    responses((status = 200, body = Page<LinkOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadLinks(actor): CanReadLinks,
    Params(filter): Params<LinkFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<LinkOut>>> {
    let rows = store::page(app.records.read(), &actor, &filter, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id);
    let wanted = Wanted::default()
        .with(rows.items.iter().map(|row| row.offer_id))
        .with(rows.items.iter().map(|row| row.partner_id))
        .with(rows.items.iter().filter_map(|row| row.landing_id));
    let Page { items, next_cursor, labels } = rows;
    let shown = Page { items: shown(&app, &actor, items).await?, next_cursor, labels };
    Ok(Json(wanted.beside(shown, app.records.read(), actor.tenant).await?))
}

/// One link.
#[utoipa::path(
    get, path = "/v1/links/{id}", tag = "links", params(("id" = Id<id::Link>, Path)),
    responses((status = 200, body = LinkOut))
)]
pub async fn show(
    State(app): State<App>,
    CanReadLinks(actor): CanReadLinks,
    PathId(id): PathId<Id<id::Link>>,
) -> Answer<Json<LinkOut>> {
    let row = store::get(app.records.read(), &actor, id).await?;
    Ok(Json(one(&app, &actor, row).await?))
}

/// Change a link's name, landing page, traffic type, targeting or state. Answered when the local edge has seen it.
#[utoipa::path(
    patch, path = "/v1/links/{id}", tag = "links", params(("id" = Id<id::Link>, Path)),
    request_body = LinkChange, responses((status = 200, body = LinkOut))
)]
pub async fn update(
    State(app): State<App>,
    CanEditLinks(actor): CanEditLinks,
    PathId(id): PathId<Id<id::Link>>,
    Body(change): Body<LinkChange>,
) -> Answer<Json<LinkOut>> {
    let row = change::update(&app, &actor, id, change).await?;
    Ok(Json(one(&app, &actor, row).await?))
}

/// What the edge would do with such a visitor, and why. Nothing is stored.
#[utoipa::path(
    post, path = "/v1/links/{id}/try", tag = "links", params(("id" = Id<id::Link>, Path)),
    request_body = TrialIn, responses((status = 200, body = TrialOut))
)]
pub async fn try_visit(
    State(app): State<App>,
    CanReadLinks(actor): CanReadLinks,
    PathId(id): PathId<Id<id::Link>>,
    Body(asked): Body<TrialIn>,
) -> Answer<Json<TrialOut>> {
    let row = store::get(app.records.read(), &actor, id).await?;
    Ok(Json(trial::run(&app, &actor, &row.slug, &asked)?.0))
}
