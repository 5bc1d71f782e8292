//! Questions about units of rewards.

use kernel::{Refusal, Tenant};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::model::{Column, Entity, Model};
use crate::platform::Answer;

/// Units of one workspace.
pub const UNITS_MAX: u64 = 50;

/// By their codes.
pub async fn of_tenant(conn: &impl ConnectionTrait, tenant: Tenant) -> Result<Vec<Model>, DbErr> {
    let mine = Entity::find().filter(Column::WorkspaceId.eq(tenant.id()));
    mine.order_by_asc(Column::Code).limit(UNITS_MAX).all(conn).await
}

pub async fn get(conn: &impl ConnectionTrait, tenant: Tenant, code: &str) -> Answer<Model> {
    let row = Entity::find_by_id((tenant.id(), code.to_owned())).one(conn).await?;
    row.ok_or_else(|| Refusal::not_found("unit of rewards").into())
}

/// Whether any workspace has a unit at all.
pub async fn are_any(conn: &impl ConnectionTrait) -> Result<bool, DbErr> {
    Ok(Entity::find().limit(1).one(conn).await?.is_some())
}
