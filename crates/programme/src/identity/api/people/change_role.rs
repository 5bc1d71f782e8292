//! Give somebody another role.

use axum::{Json, extract::State};
use kernel::{Id, Refusal, id};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};
use serde::Deserialize;
use serde_json::json;

use super::refuse_last_owner;
use crate::{
    App,
    identity::{
        Actor, Place, Role,
        entity::membership,
        people::{can_replay, revoke_keys},
        permissions::CanManagePeople,
        places::{self, MembershipOut},
        rules, store,
    },
    platform::{
        Answer, Body,
        audit_trail::{self, Change},
        body::PathId,
    },
};

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"role": "analyst"}))]
pub struct RoleChange {
    pub role: Role,
    /// With the role `partner`: whom the person acts for.
    pub partner_id: Option<Id<id::Partner>>,
    /// With the role `advertiser`: whom the person acts for.
    pub advertiser_id: Option<Id<id::Advertiser>>,
}

/// Give somebody another role. Keys that could replay are revoked where the new role may not.
#[utoipa::path(
    patch, path = "/v1/people/{id}", tag = "people", params(("id" = Id<id::Membership>, Path)),
    request_body = RoleChange, responses((status = 200, body = MembershipOut))
)]
pub async fn change_role(
    State(app): State<App>,
    CanManagePeople(actor): CanManagePeople,
    PathId(person): PathId<Id<id::Membership>>,
    Body(body): Body<RoleChange>,
) -> Answer<Json<MembershipOut>> {
    let place = Place::of(body.role, body.partner_id, body.advertiser_id)?;
    let write = app.records.begin().await?;
    let member = store::member(&*write, actor.tenant, person).await?;
    store::require_place(&*write, actor.tenant, &place).await?;
    if place.role() != Role::Owner {
        refuse_last_owner(&*write, &actor, &member).await?;
    }
    set_place(&*write, &actor, member.id, place).await?;
    remember(&*write, &app, &actor, &member, place).await?;
    revoke_replay_keys(&*write, &app, &actor, &member, place).await?;
    write.commit().await?;
    app.catch_up_routes().await?;
    let places = places::of_user(app.records.read(), member.user_id).await?;
    let changed = places.into_iter().find(|place| place.id == member.id);
    Ok(Json(changed.ok_or_else(|| Refusal::not_found("person"))?))
}

async fn set_place(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    member: Id<id::Membership>,
    place: Place,
) -> Result<(), DbErr> {
    let row = membership::ActiveModel {
        role: Set(place.role),
        partner_id: Set(place.partner),
        advertiser_id: Set(place.advertiser),
        ..Default::default()
    };
    membership::Entity::update_many()
        .set(row)
        .filter(membership::Column::WorkspaceId.eq(actor.tenant.id()))
        .filter(membership::Column::Id.eq(member))
        .exec(conn)
        .await
        .map(drop)
}

async fn remember(
    conn: &impl ConnectionTrait,
    app: &App,
    actor: &Actor,
    member: &membership::Model,
    place: Place,
) -> Result<(), DbErr> {
    let before = json!({"role": member.role, "partner_id": member.partner_id, "advertiser_id": member.advertiser_id});
    let after = json!({"role": place.role, "partner_id": place.partner, "advertiser_id": place.advertiser});
    let subject = member.id.to_string();
    let change = Change { action: "membership.role_changed", subject, before: Some(before), after: Some(after) };
    audit_trail::record(conn, &app.ambient, actor.author(), change).await
}

async fn revoke_replay_keys(
    conn: &impl ConnectionTrait,
    app: &App,
    actor: &Actor,
    member: &membership::Model,
    place: Place,
) -> Answer<()> {
    if rules::may_replay(place.role) {
        return Ok(());
    }
    let mut keys = store::live_keys(conn, member.id).await?;
    keys.retain(can_replay);
    Ok(revoke_keys(conn, &app.ambient, actor.tenant, &keys).await?)
}
