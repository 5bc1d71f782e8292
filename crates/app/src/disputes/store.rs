//! Disputes by the tenant and by whose they are.

use kernel::{Id, Refusal, id};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, Select};

use super::entity::{
    dispute::{Column, Entity, Model},
    message,
};
use crate::{
    identity::{Actor, Role},
    platform::Answer,
};

/// Those that the actor may see: a partner its own.
pub fn visible(actor: &Actor) -> Select<Entity> {
    let query = Entity::find().filter(Column::WorkspaceId.eq(actor.tenant.id()));
    if actor.role == Role::Partner { query.filter(Column::PartnerId.eq(actor.partner)) } else { query }
}

/// One of them, or 404.
pub async fn get(conn: &impl ConnectionTrait, actor: &Actor, id: Id<id::Dispute>) -> Answer<Model> {
    let row = visible(actor).filter(Column::Id.eq(id)).one(conn).await?;
    row.ok_or_else(|| Refusal::not_found("dispute").into())
}

/// What was written, in order.
pub async fn messages(conn: &impl ConnectionTrait, row: &Model) -> Answer<Vec<message::Model>> {
    let query = message::Entity::find().filter(message::Column::WorkspaceId.eq(row.workspace_id));
    let query = query.filter(message::Column::DisputeId.eq(row.id));
    Ok(query.order_by_asc(message::Column::Id).all(conn).await?)
}
