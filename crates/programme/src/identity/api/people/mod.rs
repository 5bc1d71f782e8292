//! People of the workspace.

pub mod change_role;
pub mod end;
pub mod list;

use kernel::{Id, Refusal, RefusalCode, Timestamp, id};
use sea_orm::ConnectionTrait;
use serde::Serialize;

use crate::{
    identity::{
        Actor, Role,
        entity::{membership, user},
        store,
    },
    platform::Answer,
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "mbr_01KAMX4S5T0000000000000000", "user_id": "usr_01KAMX4S5T0000000000000000", "email": "anna@example.com",
    "name": "Anna", "role": "manager", "partner_id": null, "advertiser_id": null, "has_totp": true,
    "created_at": "2026-11-22T09:30:00.000Z"
}))]
pub struct PersonOut {
    /// Of the membership.
    pub id: Id<id::Membership>,
    pub user_id: Id<id::User>,
    pub email: String,
    pub name: String,
    pub role: Role,
    pub partner_id: Option<Id<id::Partner>>,
    pub advertiser_id: Option<Id<id::Advertiser>>,
    /// Whether the second factor is on.
    pub has_totp: bool,
    pub created_at: Timestamp,
}

impl PersonOut {
    fn of(member: membership::Model, person: &user::Model, has_totp: bool) -> Self {
        Self {
            id: member.id,
            user_id: person.id,
            email: person.email.clone(),
            name: person.name.clone(),
            role: member.role,
            partner_id: member.partner_id,
            advertiser_id: member.advertiser_id,
            has_totp,
            created_at: member.created_at,
        }
    }
}

/// Refuses to take the workspace's last owner away.
async fn refuse_last_owner(conn: &impl ConnectionTrait, actor: &Actor, member: &membership::Model) -> Answer<()> {
    if member.role != Role::Owner {
        return Ok(());
    }
    let owners = store::owners_locked(conn, actor.tenant).await?;
    if owners.iter().any(|owner| *owner != member.id) {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::LastOwner, "a workspace keeps at least one owner").into())
}
