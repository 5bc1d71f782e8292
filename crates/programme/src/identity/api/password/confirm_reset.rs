//! Choose a new password with a mailed link.

use axum::{extract::State, http::StatusCode};
use kernel::{Id, Tenant, id};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use serde::Deserialize;

use crate::{
    App,
    identity::{entity::membership, limits::OneAttempt, password_resets, passwords, people},
    platform::{
        Answer, Body,
        audit_trail::{self, Author, Change},
    },
};

/// Workspaces of one person whose audit logs are told.
const WORKSPACES_TOLD_MAX: u64 = 100;

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"token": "p2Zk0m…", "new_password": "battery staple"}))]
pub struct ResetConfirmation {
    /// From the mailed link.
    pub token: String,
    /// 10 to 200 characters.
    pub new_password: String,
}

/// Choose a new password with the token of a mailed link: ends every session. A second factor stays on.
#[utoipa::path(
    post, path = "/v1/password-resets/confirm", tag = "identity", security(()), request_body = ResetConfirmation,
    responses((status = 204, description = "The password is changed; sign in with it"))
)]
pub async fn confirm_reset(
    State(app): State<App>,
    _: OneAttempt,
    Body(body): Body<ResetConfirmation>,
) -> Answer<StatusCode> {
    let user = password_resets::find(app.records.read(), &body.token, app.ambient.now()).await?;
    let password = passwords::hash(&app.ambient, &body.new_password).await?;

    let write = app.records.begin().await?;
    password_resets::spend(&*write, user, app.ambient.now()).await?;
    people::set_password(&*write, &app.ambient, user, password).await?;
    remember(&*write, &app, user).await?;
    write.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn remember(conn: &impl ConnectionTrait, app: &App, user: Id<id::User>) -> Answer<()> {
    let members = membership::Entity::find()
        .filter(membership::Column::UserId.eq(user))
        .filter(membership::Column::EndedAt.is_null())
        .limit(WORKSPACES_TOLD_MAX)
        .all(conn)
        .await?;
    for member in members {
        let author = Author { tenant: Tenant(member.workspace_id), user: Some(user) };
        let change = Change { action: "user.password_reset", subject: user.to_string(), before: None, after: None };
        audit_trail::record(conn, &app.ambient, author, change).await?;
    }
    Ok(())
}
