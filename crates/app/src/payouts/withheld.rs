//! What is payable by the book and is not paid: commissions of conversions that a case or a dispute has frozen.

use std::collections::HashMap;

use kernel::{Currency, Id, Tenant, id};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, JoinType, QueryFilter as _, QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, ExprTrait as _, SelectStatement},
};

use super::upcoming::of_conversion;
use crate::{
    conversions::{
        Status,
        entity::{commission, conversion},
    },
    platform::Answer,
};

/// Locked commissions of frozen conversions by partner, in minor units of `currency`.
pub async fn by_partner(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    currency: Currency,
) -> Answer<HashMap<Id<id::Partner>, i64>> {
    use commission::Column;
    let sum = Expr::col((commission::Entity, Column::AmountMinor)).sum().cast_as("bigint");
    let rows: Vec<(Id<id::Partner>, i64)> = commission::Entity::find()
        .select_only()
        .column(Column::PartnerId)
        .column_as(sum, "amount_minor")
        .join(JoinType::InnerJoin, of_conversion())
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::Currency.eq(currency.code()))
        .filter(Column::Status.eq(Status::Locked))
        .filter(Column::PayoutId.is_null())
        .filter(conversion::Column::FrozenAt.is_not_null())
        .group_by(Column::PartnerId)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().collect())
}

/// The conversions whose commissions no payout carries now.
pub fn frozen_conversions(tenant: Tenant) -> SelectStatement {
    conversion::Entity::find()
        .select_only()
        .column(conversion::Column::Id)
        .filter(conversion::Column::WorkspaceId.eq(tenant.id()))
        .filter(conversion::Column::FrozenAt.is_not_null())
        .into_query()
}
