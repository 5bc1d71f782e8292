//! Tokens of other platforms over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, Timestamp, id};
use serde::Serialize;

use super::dialects::{self, DialectName, Model, NewDialectToken};
use crate::{
    App,
    identity::permissions::CanEditDomains,
    platform::{
        Answer, Body,
        body::PathId,
        labels::{Labels, Wanted},
    },
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "dtk_01KAMX4S5T0000000000000000", "dialect": "tune", "advertiser_id": null, "hint": "b52",
    "created_at": "2026-11-22T09:30:00.000Z"
}))]
pub struct DialectTokenOut {
    pub id: Id<id::DialectToken>,
    pub dialect: Option<DialectName>,
    pub advertiser_id: Option<Id<id::Advertiser>>,
    /// How it ends.
    pub hint: String,
    pub created_at: Timestamp,
}

impl From<Model> for DialectTokenOut {
    fn from(row: Model) -> Self {
        let dialect = row.name();
        let Model { id, advertiser_id, hint, created_at, .. } = row;
        Self { id, dialect, advertiser_id, hint, created_at }
    }
}

/// Tokens that senders brought along from another platform, newest first.
#[utoipa::path(
    get, path = "/v1/dialect-tokens", tag = "domains", responses((status = 200, body = Page<DialectTokenOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanEditDomains(actor): CanEditDomains,
) -> Answer<Json<Page<DialectTokenOut>>> {
    let rows = dialects::live(app.records.read(), actor.tenant).await?;
    let wanted = Wanted::default().with(rows.iter().filter_map(|row| row.advertiser_id));
    let items = rows.into_iter().map(DialectTokenOut::from).collect();
    let page = Page { items, next_cursor: None, labels: Labels::default() };
    Ok(Json(wanted.beside(page, app.records.read(), actor.tenant).await?))
}

/// Accept a token of another platform at the domains that speak its dialect, so that postbacks need no change.
#[utoipa::path(
    post, path = "/v1/dialect-tokens", tag = "domains", request_body = NewDialectToken,
    responses((status = 201, body = DialectTokenOut))
)]
pub async fn create(
    State(app): State<App>,
    CanEditDomains(actor): CanEditDomains,
    Body(new): Body<NewDialectToken>,
) -> Answer<(StatusCode, Json<DialectTokenOut>)> {
    Ok((StatusCode::CREATED, Json(dialects::create(&app, &actor, new).await?.into())))
}

/// Refuse a token of another platform from now on.
#[utoipa::path(
    delete, path = "/v1/dialect-tokens/{id}", tag = "domains", params(("id" = Id<id::DialectToken>, Path)),
    responses((status = 204, description = "It no longer vouches for anything."))
)]
pub async fn revoke(
    State(app): State<App>,
    CanEditDomains(actor): CanEditDomains,
    PathId(id): PathId<Id<id::DialectToken>>,
) -> Answer<StatusCode> {
    dialects::revoke(&app, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
