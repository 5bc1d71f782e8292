//! Revoke an API key.

use axum::{extract::State, http::StatusCode};
use kernel::{Id, Refusal, id};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::json;

use super::sees_all_keys;
use crate::{
    App,
    identity::{entity::api_key, people::revoke_keys, permissions::CanChangeOwnAccount},
    platform::{
        Answer,
        audit_trail::{self, Change},
        body::PathId,
    },
};

/// Revoke an API key: it stops at once, for ever.
#[utoipa::path(
    delete, path = "/v1/api-keys/{id}", tag = "api keys", params(("id" = Id<id::ApiKey>, Path)),
    responses((status = 204, description = "Revoked"))
)]
pub async fn revoke(
    State(app): State<App>,
    CanChangeOwnAccount(actor): CanChangeOwnAccount,
    PathId(key): PathId<Id<id::ApiKey>>,
) -> Answer<StatusCode> {
    let write = app.records.begin().await?;
    let row = api_key::Entity::find_by_id(key)
        .filter(api_key::Column::WorkspaceId.eq(actor.tenant.id()))
        .filter(api_key::Column::RevokedAt.is_null())
        .one(&*write)
        .await?;
    let row = row.filter(|row| row.membership_id == actor.membership || sees_all_keys(&actor));
    let row = row.ok_or_else(|| Refusal::not_found("API key"))?;
    let before = Some(json!({"name": row.name, "hint": row.hint, "scopes": row.scopes}));
    let change = Change { action: "api_key.revoked", subject: row.id.to_string(), before, after: None };
    audit_trail::record(&*write, &app.ambient, actor.author(), change).await?;
    revoke_keys(&*write, &app.ambient, actor.tenant, &[row]).await?;
    write.commit().await?;
    app.catch_up_routes().await?;
    Ok(StatusCode::NO_CONTENT)
}
