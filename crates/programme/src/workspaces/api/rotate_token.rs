//! Replace the postback token.

use axum::{Json, extract::State};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::show_token::PostbackTokenOut;
use crate::{
    App,
    identity::permissions::CanSetWorkspace,
    news::{RouteNews, commit_routes},
    platform::{
        Answer,
        audit_trail::{self, Change},
    },
    workspaces::{
        create::PostbackToken,
        model::{ActiveModel, Column, Entity},
    },
};

/// Replace the workspace's postback token. The old one stops at once.
#[utoipa::path(
    post, path = "/v1/workspace/postback-token/rotate", tag = "workspaces",
    responses((status = 200, body = PostbackTokenOut))
)]
pub async fn rotate_token(
    State(app): State<App>,
    CanSetWorkspace(actor): CanSetWorkspace,
) -> Answer<Json<PostbackTokenOut>> {
    let token = PostbackToken::make(&app.ambient, &app.secrets);
    let row = ActiveModel {
        postback_token_hash: Set(token.hash),
        postback_token_sealed: Set(token.sealed),
        ..Default::default()
    };
    let workspace = actor.tenant.id();
    let write = app.records.begin().await?;
    Entity::update_many().set(row).filter(Column::Id.eq(workspace)).exec(&*write).await?;
    let subject = workspace.to_string();
    let change = Change { action: "workspace.postback_token_rotated", subject, before: None, after: None };
    audit_trail::record(&*write, &app.ambient, actor.author(), change).await?;
    commit_routes(&app, write, actor.tenant, &[RouteNews::Workspace(workspace)]).await?;
    Ok(Json(PostbackTokenOut::of(&app, token.plain)))
}
