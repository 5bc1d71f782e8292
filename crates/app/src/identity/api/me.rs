//! Who am I, and in which workspaces.

use axum::{Json, extract::State};
use kernel::{Id, id};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde::Serialize;

use crate::{
    App,
    identity::{
        Role,
        entity::{membership, user},
        permissions::AnyMember,
    },
    platform::Answer,
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "user_id": "usr_01KAMX4S5T0000000000000000", "email": "anna@example.com", "name": "Anna", "language": "en",
    "workspace_id": "wsp_01KAMX4S5T0000000000000000", "role": "manager", "partner_id": null, "advertiser_id": null,
    "scopes": null, "memberships": []
}))]
pub struct Me {
    pub user_id: Id<id::User>,
    pub email: String,
    pub name: String,
    pub language: String,
    pub workspace_id: Id<id::Workspace>,
    pub role: Role,
    pub partner_id: Option<Id<id::Partner>>,
    pub advertiser_id: Option<Id<id::Advertiser>>,
    /// Of the API key; absent for a session.
    pub scopes: Option<Vec<String>>,
    pub memberships: Vec<MembershipOut>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "mbr_01KAMX4S5T0000000000000000", "workspace_id": "wsp_01KAMX4S5T0000000000000000", "role": "manager"
}))]
pub struct MembershipOut {
    pub id: Id<id::Membership>,
    pub workspace_id: Id<id::Workspace>,
    pub role: Role,
}

impl From<membership::Model> for MembershipOut {
    fn from(member: membership::Model) -> Self {
        Self { id: member.id, workspace_id: member.workspace_id, role: member.role }
    }
}

/// Who am I?
#[utoipa::path(get, path = "/v1/me", tag = "identity", responses((status = 200, body = Me)))]
pub async fn show(State(app): State<App>, AnyMember(actor): AnyMember) -> Answer<Json<Me>> {
    let records = app.records.read();
    let user = user::Entity::find_by_id(actor.user).one(records).await?;
    let user = user.ok_or_else(|| kernel::Refusal::not_found("user"))?;
    let members = membership::Entity::find()
        .filter(membership::Column::UserId.eq(actor.user))
        .filter(membership::Column::EndedAt.is_null())
        .all(records)
        .await?;
    let by_session = actor.scopes.is_none();
    let memberships =
        members.into_iter().filter(|member| by_session || member.id == actor.membership).map(MembershipOut::from);
    Ok(Json(Me {
        user_id: user.id,
        email: user.email,
        name: user.name,
        language: user.language,
        workspace_id: actor.tenant.id(),
        role: actor.role,
        partner_id: actor.partner,
        advertiser_id: actor.advertiser,
        scopes: actor.scopes,
        memberships: memberships.collect(),
    }))
}
