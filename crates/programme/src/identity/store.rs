//! Questions about people that several doors ask.

use kernel::{Id, Refusal, Tenant, id};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseBackend, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
    sea_query::{Alias, Expr, ExprTrait as _, Query},
};

use super::{
    actor::Role,
    entity::{api_key, credential, membership, user},
    rules::Place,
};
use crate::platform::Answer;

/// A live membership of the tenant; anything else is not found.
pub async fn member(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    membership: Id<id::Membership>,
) -> Answer<membership::Model> {
    let row = membership::Entity::find_by_id(membership)
        .filter(membership::Column::WorkspaceId.eq(tenant.id()))
        .filter(membership::Column::EndedAt.is_null())
        .one(conn)
        .await?;
    row.ok_or_else(|| Refusal::not_found("person").into())
}

/// Live owners of the tenant, locked until the transaction ends, so that two owners cannot remove each other at once.
pub async fn owners_locked(conn: &impl ConnectionTrait, tenant: Tenant) -> Answer<Vec<Id<id::Membership>>> {
    let mut query = membership::Entity::find()
        .filter(membership::Column::WorkspaceId.eq(tenant.id()))
        .filter(membership::Column::Role.eq(Role::Owner))
        .filter(membership::Column::EndedAt.is_null())
        .order_by_asc(membership::Column::Id);
    if conn.get_database_backend() == DatabaseBackend::Postgres {
        query = query.lock_exclusive();
    }
    Ok(query.all(conn).await?.into_iter().map(|member| member.id).collect())
}

/// The user of an address in lower case, with the password where there is one.
pub async fn user_by_email(
    conn: &impl ConnectionTrait,
    email: &str,
) -> Answer<Option<(user::Model, Option<credential::Model>)>> {
    let Some(person) = user::Entity::find().filter(user::Column::Email.eq(email)).one(conn).await? else {
        return Ok(None);
    };
    let credential = credential::Entity::find_by_id(person.id).one(conn).await?;
    Ok(Some((person, credential)))
}

/// How a user proves to be themselves. A user without a password never came in.
pub async fn credential(conn: &impl ConnectionTrait, user: Id<id::User>) -> Answer<credential::Model> {
    let row = credential::Entity::find_by_id(user).one(conn).await?;
    row.ok_or_else(|| Refusal::not_found("password").into())
}

/// Live keys of a membership.
pub async fn live_keys(conn: &impl ConnectionTrait, member: Id<id::Membership>) -> Answer<Vec<api_key::Model>> {
    let live = api_key::Entity::find()
        .filter(api_key::Column::MembershipId.eq(member))
        .filter(api_key::Column::RevokedAt.is_null());
    Ok(live.all(conn).await?)
}

/// Refuses a place at a partner or advertiser that is not the tenant's. Their features come later in the reading order,
/// so only their tables are asked.
pub async fn require_place(conn: &impl ConnectionTrait, tenant: Tenant, place: &Place) -> Answer<()> {
    if let Some(partner) = place.partner
        && !exists(conn, tenant, "partners", partner).await?
    {
        return Err(Refusal::not_found("partner").into());
    }
    if let Some(advertiser) = place.advertiser
        && !exists(conn, tenant, "advertisers", advertiser).await?
    {
        return Err(Refusal::not_found("advertiser").into());
    }
    Ok(())
}

async fn exists<K>(conn: &impl ConnectionTrait, tenant: Tenant, table: &'static str, row: Id<K>) -> Answer<bool> {
    let query = Query::select()
        .expr(Expr::val(1))
        .from(Alias::new(table))
        .and_where(Expr::col("id").eq(row.uuid()))
        .and_where(Expr::col("workspace_id").eq(tenant.id().uuid()))
        .to_owned();
    Ok(conn.query_one(&query).await?.is_some())
}
