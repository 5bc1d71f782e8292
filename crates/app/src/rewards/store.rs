//! Questions about rewards.

use kernel::{Id, Refusal, Tenant, id};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, ExprTrait as _, IntoActiveModel as _, QueryFilter as _,
    sea_query::OnConflict,
};

use super::model::{balance, redemption, standing};
use crate::{
    identity::{Actor, Role},
    platform::Answer,
};

/// Rows that one statement carries.
const ROWS_PER_STATEMENT: usize = 500;

/// What a partner has of a unit; nothing where it never had any.
pub async fn balance_of(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    partner: Id<id::Partner>,
    unit: &str,
) -> Result<Option<balance::Model>, DbErr> {
    use balance::Column;
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::PartnerId.eq(partner)).and(Column::Unit.eq(unit));
    balance::Entity::find().filter(mine).one(conn).await
}

/// What stands of some conversions.
pub async fn standings(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    conversions: impl IntoIterator<Item = Id<id::Conversion>>,
) -> Result<Vec<standing::Model>, DbErr> {
    use standing::Column;
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::ConversionId.is_in(conversions));
    standing::Entity::find().filter(mine).all(conn).await
}

/// What the actor may see of it, or 404.
pub async fn redemption(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: Id<id::RewardRedemption>,
) -> Answer<redemption::Model> {
    use redemption::Column;
    let mut mine = redemption::Entity::find_by_id(id).filter(Column::WorkspaceId.eq(actor.tenant.id()));
    if actor.role == Role::Partner {
        mine = mine.filter(Column::PartnerId.eq(actor.partner));
    }
    mine.one(conn).await?.ok_or_else(|| Refusal::not_found("redemption").into())
}

/// Writes what stands of conversions, new or anew.
pub async fn put_standings(conn: &impl ConnectionTrait, rows: Vec<standing::Model>) -> Result<(), DbErr> {
    use standing::Column;
    let known = OnConflict::columns([Column::ConversionId, Column::PartnerId, Column::Unit])
        .update_columns([Column::GrantedMinor, Column::ComingMinor, Column::UpdatedAt])
        .to_owned();
    for rows in rows.chunks(ROWS_PER_STATEMENT) {
        standing::Entity::insert_many(rows.iter().cloned().map(|row| row.into_active_model()))
            .on_conflict(known.clone())
            .exec_without_returning(conn)
            .await?;
    }
    Ok(())
}
