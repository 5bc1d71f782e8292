//! Take somebody out of the workspace.

use axum::{extract::State, http::StatusCode};
use kernel::{Id, id};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::json;

use super::refuse_last_owner;
use crate::{
    App,
    identity::{entity::membership, people::revoke_keys, permissions::CanManagePeople, store},
    platform::{
        Answer,
        audit_trail::{self, Change},
        body::PathId,
    },
};

/// Take somebody out of the workspace: their keys stop at once, their sessions show it no longer.
#[utoipa::path(
    delete, path = "/v1/people/{id}", tag = "people", params(("id" = Id<id::Membership>, Path)),
    responses((status = 204, description = "Ended"))
)]
pub async fn end(
    State(app): State<App>,
    CanManagePeople(actor): CanManagePeople,
    PathId(person): PathId<Id<id::Membership>>,
) -> Answer<StatusCode> {
    let write = app.records.begin().await?;
    let member = store::member(&*write, actor.tenant, person).await?;
    refuse_last_owner(&*write, &actor, &member).await?;
    membership::Entity::update_many()
        .set(membership::ActiveModel { ended_at: Set(Some(app.ambient.now())), ..Default::default() })
        .filter(membership::Column::WorkspaceId.eq(actor.tenant.id()))
        .filter(membership::Column::Id.eq(member.id))
        .exec(&*write)
        .await?;
    let before = Some(json!({"user_id": member.user_id, "role": member.role}));
    let change = Change { action: "membership.ended", subject: member.id.to_string(), before, after: None };
    audit_trail::record(&*write, &app.ambient, actor.author(), change).await?;
    let keys = store::live_keys(&*write, member.id).await?;
    revoke_keys(&*write, &app.ambient, actor.tenant, &keys).await?;
    write.commit().await?;
    app.catch_up_routes().await?;
    Ok(StatusCode::NO_CONTENT)
}
