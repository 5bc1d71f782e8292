//! A partner's team: the members of the workspace who act for it.

use std::collections::HashMap;

use kernel::{Ambient, Id, Refusal, Tenant, id};
use sea_orm::{
    ConnectionTrait, ExprTrait as _, IntoActiveModel as _, QueryOrder as _, QuerySelect as _, entity::prelude::*,
    sea_query::OnConflict,
};
use serde::Serialize;
use serde_json::json;

use super::{
    store,
    team_member::{self, TeamRole},
};
use crate::{
    App,
    audit::{self, Change},
    identity::{
        Actor,
        entity::{membership, user},
    },
    platform::Answer,
};

/// Members shown of one team.
const TEAM_MAX: u64 = 1_000;

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "membership_id": "mbr_01KAMX4S5T0000000000000000", "user_id": "usr_01KAMX4S5T0000000000000000", "name": "Jan",
    "email": "jan@bluemedia.example", "role": "buyer"
}))]
pub struct TeamMemberOut {
    pub membership_id: Id<id::Membership>,
    pub user_id: Id<id::User>,
    pub name: String,
    pub email: String,
    pub role: TeamRole,
}

/// Who acts for the partner now, oldest first.
pub async fn members(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    partner: Id<id::Partner>,
) -> Answer<Vec<TeamMemberOut>> {
    store::get(conn, tenant, partner).await?;
    let members = membership::Entity::find()
        .filter(acts_for(tenant, partner))
        .order_by_asc(membership::Column::Id)
        .limit(TEAM_MAX)
        .all(conn)
        .await?;
    let of_them = user::Column::Id.is_in(members.iter().map(|member| member.user_id));
    let users = user::Entity::find().filter(of_them).all(conn).await?;
    let users: HashMap<_, _> = users.into_iter().map(|user| (user.id, user)).collect();
    let of_partner = team_member::Column::PartnerId.eq(partner).and(team_member::Column::WorkspaceId.eq(tenant.id()));
    let roles = team_member::Entity::find().filter(of_partner).limit(TEAM_MAX).all(conn).await?;
    let roles: HashMap<_, _> = roles.into_iter().map(|row| (row.membership_id, row.role)).collect();
    let shown = members.iter().filter_map(|member| {
        let user = users.get(&member.user_id)?;
        Some(TeamMemberOut {
            membership_id: member.id,
            user_id: user.id,
            name: user.name.clone(),
            email: user.email.clone(),
            role: roles.get(&member.id).copied().unwrap_or(TeamRole::Buyer),
        })
    });
    Ok(shown.collect())
}

fn acts_for(tenant: Tenant, partner: Id<id::Partner>) -> Expr {
    let in_workspace = membership::Column::WorkspaceId.eq(tenant.id());
    in_workspace.and(membership::Column::PartnerId.eq(partner)).and(membership::Column::EndedAt.is_null())
}

/// Says what a member of the team does there.
pub async fn set_role(
    app: &App,
    actor: &Actor,
    partner: Id<id::Partner>,
    member: Id<id::Membership>,
    role: TeamRole,
) -> Answer<()> {
    let write = app.records.begin().await?;
    let of_team = acts_for(actor.tenant, partner).and(membership::Column::Id.eq(member));
    if membership::Entity::find().filter(of_team).one(&*write).await?.is_none() {
        return Err(Refusal::not_found("member of this partner's team").into());
    }
    upsert(&*write, &app.ambient, actor.tenant, (partner, member), role).await?;
    let after = Some(json!({"membership_id": member, "role": role}));
    let change = Change { action: "partner.team_role_set", subject: partner.to_string(), before: None, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    Ok(write.commit().await?)
}

async fn upsert(
    conn: &impl ConnectionTrait,
    ambient: &Ambient,
    tenant: Tenant,
    (partner_id, membership_id): (Id<id::Partner>, Id<id::Membership>),
    role: TeamRole,
) -> Result<(), DbErr> {
    let row = team_member::Model {
        id: ambient.new_id(),
        workspace_id: tenant.id(),
        partner_id,
        membership_id,
        role,
        created_at: ambient.now(),
    };
    let replace = OnConflict::column(team_member::Column::MembershipId)
        .update_columns([team_member::Column::Role, team_member::Column::PartnerId])
        .to_owned();
    let insert = team_member::Entity::insert(row.into_active_model()).on_conflict(replace);
    insert.exec_without_returning(conn).await.map(drop)
}
