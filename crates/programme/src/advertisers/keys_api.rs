//! Keys of an advertiser over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, Timestamp, id};
use serde::{Deserialize, Serialize};

use super::{
    key::{KeyKind, Model},
    keys, store,
};
use crate::{
    App,
    identity::permissions::CanSetOwnPostbackToken,
    platform::{Answer, Body, body::PathId},
};

/// A token or signing key, without its secret.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "adk_01KAMX4S5T0000000000000000", "kind": "signing", "key_id": "9f2c1ab04be86d13",
    "made_at": "2026-11-22T09:30:00.000Z", "last_used_at": "2026-11-22T10:02:00.000Z", "retired_at": null
}))]
pub struct KeyOut {
    pub id: Id<id::AdvertiserKey>,
    pub kind: KeyKind,
    /// How a signature names it.
    pub key_id: String,
    pub made_at: Timestamp,
    /// To about a minute; absent where it never vouched.
    pub last_used_at: Option<Timestamp>,
    pub retired_at: Option<Timestamp>,
}

impl From<Model> for KeyOut {
    fn from(row: Model) -> Self {
        let key_id = row.key_id().to_owned();
        let Model { id, kind, made_at, last_used_at, retired_at, .. } = row;
        Self { id, kind, key_id, made_at, last_used_at, retired_at }
    }
}

#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"kind": "signing"}))]
pub struct NewKey {
    pub kind: KeyKind,
}

/// A new key with its secret, shown once.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "key": {
        "id": "adk_01KAMX4S5T0000000000000000", "kind": "signing", "key_id": "9f2c1ab04be86d13",
        "made_at": "2026-11-22T09:30:00.000Z", "last_used_at": null, "retired_at": null
    },
    "secret": "sgn_dGhpcyBpcyBhbiBleGFtcGxl"
}))]
pub struct NewKeyOut {
    pub key: KeyOut,
    pub secret: String,
}

/// Tokens and signing keys of an advertiser, newest first, with when each vouched last. An advertiser sees its own.
#[utoipa::path(
    get, path = "/v1/advertisers/{id}/keys", tag = "advertisers", params(("id" = Id<id::Advertiser>, Path)),
    responses((status = 200, body = Page<KeyOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanSetOwnPostbackToken(actor): CanSetOwnPostbackToken,
    PathId(id): PathId<Id<id::Advertiser>>,
) -> Answer<Json<Page<KeyOut>>> {
    actor.require_advertiser(id)?;
    app.keep_calls().await?;
    store::get(app.records.read(), actor.tenant, id).await?;
    let rows = keys::of(app.records.read(), actor.tenant, id).await?;
    Ok(Json(Page::whole(rows.into_iter().map(KeyOut::from).collect())))
}

/// Make the next token or signing key. The one in use goes on vouching until it is retired; two of a kind may live.
#[utoipa::path(
    post, path = "/v1/advertisers/{id}/keys", tag = "advertisers", params(("id" = Id<id::Advertiser>, Path)),
    request_body = NewKey, responses((status = 201, body = NewKeyOut))
)]
pub async fn make(
    State(app): State<App>,
    CanSetOwnPostbackToken(actor): CanSetOwnPostbackToken,
    PathId(id): PathId<Id<id::Advertiser>>,
    Body(new): Body<NewKey>,
) -> Answer<(StatusCode, Json<NewKeyOut>)> {
    actor.require_advertiser(id)?;
    let (row, secret) = keys::make(&app, &actor, id, new.kind).await?;
    Ok((StatusCode::CREATED, Json(NewKeyOut { key: row.into(), secret })))
}

/// Retire a token or signing key: it vouches for nothing from now on.
#[utoipa::path(
    post, path = "/v1/advertisers/{id}/keys/{key}/retire", tag = "advertisers",
    params(("id" = Id<id::Advertiser>, Path), ("key" = Id<id::AdvertiserKey>, Path)),
    responses((status = 200, body = KeyOut))
)]
pub async fn retire(
    State(app): State<App>,
    CanSetOwnPostbackToken(actor): CanSetOwnPostbackToken,
    PathId((id, key)): PathId<(Id<id::Advertiser>, Id<id::AdvertiserKey>)>,
) -> Answer<Json<KeyOut>> {
    actor.require_advertiser(id)?;
    Ok(Json(keys::retire(&app, &actor, id, key).await?.into()))
}
