//! Tracking domains over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, Refusal, Timestamp, id, paging::PageQuery};
use serde::Serialize;

use super::{
    change::{self, DomainChange, NewDomain},
    model::{DomainState, Findings, Model},
    store,
};
use crate::{
    App,
    identity::permissions::{CanEditDomains, CanReadLinks},
    platform::{
        Answer, Body,
        body::{Params, PathId},
        columns::TextList,
        labels::Wanted,
    },
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "dom_01KAMX4S5T0000000000000000", "host": "go.riverside.example", "partner_id": null, "dialects": [],
    "state": "ok", "is_state_chosen": false, "findings": [], "certificate_until": "2027-02-20T00:00:00.000Z",
    "checked_at": "2026-11-22T04:00:00.000Z", "created_at": "2026-11-22T09:30:00.000Z"
}))]
pub struct DomainOut {
    pub id: Id<id::TrackingDomain>,
    pub host: String,
    pub partner_id: Option<Id<id::Partner>>,
    pub dialects: TextList,
    pub state: DomainState,
    /// A person chose the state, so that checks leave it.
    pub is_state_chosen: bool,
    /// What the last check found, gravest first.
    pub findings: Findings,
    pub certificate_until: Option<Timestamp>,
    pub checked_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

impl From<Model> for DomainOut {
    fn from(row: Model) -> Self {
        let Model { id, host, partner_id, dialects, state, is_state_chosen, findings, .. } = row;
        let Model { certificate_until, checked_at, created_at, .. } = row;
        Self {
            id,
            host,
            partner_id,
            dialects,
            state,
            is_state_chosen,
            findings,
            certificate_until,
            checked_at,
            created_at,
        }
    }
}

/// Add a tracking domain.
#[utoipa::path(
    post, path = "/v1/domains", tag = "domains", request_body = NewDomain, responses((status = 201, body = DomainOut))
)]
pub async fn create(
    State(app): State<App>,
    CanEditDomains(actor): CanEditDomains,
    Body(new): Body<NewDomain>,
) -> Answer<(StatusCode, Json<DomainOut>)> {
    let row = change::create(&app, &actor, new).await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

/// Tracking domains, newest first. A partner sees its own and the workspace's.
#[utoipa::path(
    get, path = "/v1/domains", tag = "domains", params(PageQuery), responses((status = 200, body = Page<DomainOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadLinks(actor): CanReadLinks,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<DomainOut>>> {
    let rows = store::page(app.records.read(), &actor, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id);
    let wanted = Wanted::default().with(rows.items.iter().filter_map(|row| row.partner_id));
    Ok(Json(wanted.beside(rows.map(DomainOut::from), app.records.read(), actor.tenant).await?))
}

/// One tracking domain.
#[utoipa::path(
    get, path = "/v1/domains/{id}", tag = "domains", params(("id" = Id<id::TrackingDomain>, Path)),
    responses((status = 200, body = DomainOut))
)]
pub async fn show(
    State(app): State<App>,
    CanReadLinks(actor): CanReadLinks,
    PathId(id): PathId<Id<id::TrackingDomain>>,
) -> Answer<Json<DomainOut>> {
    let row = store::get(app.records.read(), actor.tenant, id).await?;
    let is_shown = row.partner_id.is_none_or(|owner| actor.require_partner(owner).is_ok());
    if is_shown { Ok(Json(row.into())) } else { Err(Refusal::not_found("tracking domain").into()) }
}

/// Change a tracking domain's state or dialects.
#[utoipa::path(
    patch, path = "/v1/domains/{id}", tag = "domains", params(("id" = Id<id::TrackingDomain>, Path)),
    request_body = DomainChange, responses((status = 200, body = DomainOut))
)]
pub async fn update(
    State(app): State<App>,
    CanEditDomains(actor): CanEditDomains,
    PathId(id): PathId<Id<id::TrackingDomain>>,
    Body(change): Body<DomainChange>,
) -> Answer<Json<DomainOut>> {
    Ok(Json(change::update(&app, &actor, id, change).await?.into()))
}
