//! Make an API key.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Refusal, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::ApiKeyOut;
use crate::{
    App,
    identity::{
        people::{self, NewKey},
        permissions::CanChangeOwnAccount,
        rules,
    },
    platform::{
        Answer, Body,
        audit_trail::{self, Change},
    },
};

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"name": "Reporting", "scopes": ["reports:read"], "expires_at": null}))]
pub struct ApiKeyNew {
    pub name: String,
    /// What the key may do, at most what you may: see the list of scopes. `*` is all that your role may, except replaying.
    pub scopes: Vec<String>,
    /// Absent: it does not run out.
    pub expires_at: Option<Timestamp>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "key": "trk_live_p2Zk0mJ5c3VqT1l0a2RrZ3hQd2FzZGZnaGprbHF3ZXI", "id": "key_01KAMX4S5T0000000000000000",
    "membership_id": "mbr_01KAMX4S5T0000000000000000", "name": "Reporting", "hint": "trk_live_p2Zk",
    "scopes": ["reports:read"], "created_at": "2026-11-22T09:30:00.000Z", "expires_at": null, "revoked_at": null
}))]
pub struct ApiKeyMade {
    /// The key itself, shown this once.
    pub key: String,
    #[serde(flatten)]
    pub about: ApiKeyOut,
}

/// Make an API key that acts for you. The key is shown once.
#[utoipa::path(
    post, path = "/v1/api-keys", tag = "api keys", request_body = ApiKeyNew,
    responses((status = 201, body = ApiKeyMade))
)]
pub async fn create(
    State(app): State<App>,
    CanChangeOwnAccount(actor): CanChangeOwnAccount,
    Body(body): Body<ApiKeyNew>,
) -> Answer<(StatusCode, Json<ApiKeyMade>)> {
    let scopes = rules::grant_scopes(actor.role, |scope| actor.has_scope(scope), &body.scopes)?;
    if body.expires_at.is_some_and(|at| at <= app.ambient.now()) {
        return Err(Refusal::field("expires_at", "must lie ahead").into());
    }
    let (tenant, member, expires_at) = (actor.tenant, actor.membership, body.expires_at);
    let new = NewKey { tenant, member, name: &body.name, scopes: &scopes, expires_at };

    let write = app.records.begin().await?;
    let (row, key) = people::insert_api_key(&*write, &app.ambient, new).await?;
    let after = json!({"name": row.name, "hint": row.hint, "scopes": row.scopes, "expires_at": row.expires_at});
    let change = Change { action: "api_key.created", subject: row.id.to_string(), before: None, after: Some(after) };
    audit_trail::record(&*write, &app.ambient, actor.author(), change).await?;
    write.commit().await?;
    app.catch_up_routes().await?;
    Ok((StatusCode::CREATED, Json(ApiKeyMade { key, about: row.into() })))
}
