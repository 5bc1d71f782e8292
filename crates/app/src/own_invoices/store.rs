//! Own invoices in the records.

use std::collections::HashMap;

use kernel::{Currency, Id, Refusal, Tenant, id};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
    sea_query::{Expr, ExprTrait as _},
};

use super::entity::{Column, Entity, Model, OwnInvoiceState};
use crate::platform::Answer;

/// Sums by partner and currency, in whole minor units.
pub type Sums = HashMap<(Id<id::Partner>, Currency), i64>;

pub async fn get(conn: &impl ConnectionTrait, tenant: Tenant, id: Id<id::OwnInvoice>) -> Answer<Model> {
    let row = Entity::find_by_id(id).filter(Column::WorkspaceId.eq(tenant.id())).one(conn).await?;
    Ok(row.ok_or_else(|| Refusal::not_found("invoice"))?)
}

/// Whether the number, as numbers are compared, stands for the partner.
pub async fn stands(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    (partner, number): (Id<id::Partner>, &str),
) -> Answer<bool> {
    let query = Entity::find().filter(Column::WorkspaceId.eq(tenant.id())).filter(Column::PartnerId.eq(partner));
    Ok(query.filter(Column::StandingNumber.eq(number)).one(conn).await?.is_some())
}

/// How many of a partner's wait for staff.
pub async fn waiting(conn: &impl ConnectionTrait, tenant: Tenant, partner: Id<id::Partner>) -> Answer<u64> {
    let query = Entity::find().filter(Column::WorkspaceId.eq(tenant.id())).filter(Column::PartnerId.eq(partner));
    Ok(query.filter(Column::State.eq(OwnInvoiceState::Submitted)).count(conn).await?)
}

/// What invoices in one state come to, tax included; of one partner where one is named.
pub async fn sums(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    (state, partner): (OwnInvoiceState, Option<Id<id::Partner>>),
) -> Answer<Sums> {
    let sum = Expr::col((Entity, Column::GrossMinor)).sum().cast_as("bigint");
    let mut query = Entity::find().filter(Column::WorkspaceId.eq(tenant.id())).filter(Column::State.eq(state));
    if let Some(partner) = partner {
        query = query.filter(Column::PartnerId.eq(partner));
    }
    let rows: Vec<(Id<id::Partner>, String, i64)> = query
        .select_only()
        .columns([Column::PartnerId, Column::Currency])
        .column_as(sum, "gross_minor")
        .group_by(Column::PartnerId)
        .group_by(Column::Currency)
        .into_tuple()
        .all(conn)
        .await?;
    rows.into_iter().map(|(partner, currency, minor)| Ok(((partner, currency.parse()?), minor))).collect()
}

/// Accepted invoices of these partners in one currency, oldest first.
pub async fn accepted(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    (partners, currency): (&[Id<id::Partner>], Currency),
) -> Answer<Vec<Model>> {
    let query = Entity::find()
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::PartnerId.is_in(partners.iter().copied()))
        .filter(Column::Currency.eq(currency.code()))
        .filter(Column::State.eq(OwnInvoiceState::Accepted))
        .order_by_asc(Column::Id);
    Ok(query.all(conn).await?)
}

/// The invoices that these payouts carry.
pub async fn carried_by(conn: &impl ConnectionTrait, tenant: Tenant, payouts: &[Id<id::Payout>]) -> Answer<Vec<Model>> {
    let query = Entity::find()
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::PayoutId.is_in(payouts.iter().copied()))
        .filter(Column::State.eq(OwnInvoiceState::Used))
        .order_by_asc(Column::Id);
    Ok(query.all(conn).await?)
}
