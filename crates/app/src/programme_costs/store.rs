//! Questions about costs.

use jiff::civil::Date;
use kernel::{Id, Refusal, Tenant, Timestamp, id};
use sea_orm::{ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};

use super::model::{Column, Entity, Model};
use crate::platform::Answer;

/// One cost, or 404.
pub async fn get(conn: &impl ConnectionTrait, tenant: Tenant, id: Id<id::ProgrammeCost>) -> Answer<Model> {
    let mine = Column::WorkspaceId.eq(tenant.id());
    let row = Entity::find_by_id(id).filter(mine).one(conn).await?;
    row.ok_or_else(|| Refusal::not_found("cost").into())
}

/// Costs of the days between, and of the months that reach into them, as they stood at a moment.
pub async fn between(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    (from, to): (Date, Date),
    at: Option<Timestamp>,
) -> Result<Vec<Model>, DbErr> {
    let stood = match at {
        None => Condition::all().add(Column::RemovedAt.is_null()),
        Some(at) => Condition::all()
            .add(Column::CreatedAt.lte(at))
            .add(Condition::any().add(Column::RemovedAt.is_null()).add(Column::RemovedAt.gt(at))),
    };
    Entity::find()
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::Day.gte(from.first_of_month().to_string()))
        .filter(Column::Day.lte(to.to_string()))
        .filter(stood)
        .all(conn)
        .await
}
