//! What is payable by the book and is not paid: commissions of conversions that a case or a dispute has frozen, or that wait
//! for the advertiser's money.

use std::collections::HashMap;

use kernel::{Currency, Id, Tenant, id};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _, SimpleExpr},
};

use crate::{
    billing::uncollected,
    conversions::{Status, entity::commission},
    platform::Answer,
};

/// Locked commissions that are withheld by partner, in minor units of `currency`.
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
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::Currency.eq(currency.code()))
        .filter(Column::Status.eq(Status::Locked))
        .filter(Column::PayoutId.is_null())
        .filter(is_withheld())
        .group_by(Column::PartnerId)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Whether no payout carries a row of `commissions` now.
pub fn is_withheld() -> SimpleExpr {
    let frozen =
        "exists (select 1 from conversions f where f.id = commissions.conversion_id and f.frozen_at is not null)";
    Expr::cust(frozen).or(uncollected::is_held())
}
