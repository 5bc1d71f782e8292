//! Which batches and payouts a list holds, and what they come to: lists and the payday board count alike.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use kernel::{Id, Page, PageQuery, Tenant, id};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _, Select,
    sea_query::{Expr, ExprTrait as _, Query},
};
use serde::Deserialize;

use super::entity::{
    batch::{self, BatchState},
    payout::{self, PayoutState},
};
use crate::{
    platform::{Answer, listing::newest_first},
    results::model::Month,
};

/// Which batches are wanted.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BatchFilter {
    pub state: Option<BatchState>,
    /// Made in this month, such as `2026-11`, by the workspace's clock.
    #[param(value_type = Option<String>)]
    pub month: Option<Month>,
    /// Those with a payout of which nobody has said yet what became of it, or those without.
    pub in_transit: Option<bool>,
    /// Those with which something went wrong, or those without.
    pub has_trouble: Option<bool>,
}

/// Which payouts are wanted.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PayoutFilter {
    pub state: Option<PayoutState>,
    /// Paid, failed or come back in this month, such as `2026-11`, by the workspace's clock.
    #[param(value_type = Option<String>)]
    pub month: Option<Month>,
}

/// The batches that a filter leaves; months are those of `zone`.
pub fn batches(tenant: Tenant, filter: &BatchFilter, zone: &TimeZone) -> Select<batch::Entity> {
    use batch::Column;
    let mut those = Condition::all().add_option(filter.state.map(|state| Column::State.eq(state)));
    if let Some(month) = filter.month {
        let (from, to) = month.span(zone);
        those = those.add(Column::CreatedAt.gte(from)).add(Column::CreatedAt.lt(to));
    }
    if let Some(in_transit) = filter.in_transit {
        let open = Query::select()
            .expr(Expr::val(1))
            .from(payout::Entity)
            .and_where(Expr::col((payout::Entity, payout::Column::BatchId)).equals((batch::Entity, Column::Id)))
            .and_where(payout::Column::State.eq(PayoutState::InTransit))
            .to_owned();
        let has_open = Expr::exists(open);
        those = those.add(if in_transit { has_open } else { has_open.not() });
    }
    if let Some(has_trouble) = filter.has_trouble {
        those = those.add(if has_trouble { Column::Trouble.is_not_null() } else { Column::Trouble.is_null() });
    }
    batch::Entity::find().filter(Column::WorkspaceId.eq(tenant.id())).filter(those)
}

/// The payouts that a filter leaves; months are those of `zone`.
pub fn payouts(tenant: Tenant, filter: &PayoutFilter, zone: &TimeZone) -> Select<payout::Entity> {
    use payout::Column;
    let mut those = Condition::all().add_option(filter.state.map(|state| Column::State.eq(state)));
    if let Some(month) = filter.month {
        let (from, to) = month.span(zone);
        those = those.add(Column::SettledAt.gte(from)).add(Column::SettledAt.lt(to));
    }
    payout::Entity::find().filter(Column::WorkspaceId.eq(tenant.id())).filter(those)
}

/// A page of batches, newest first.
pub async fn page_of_batches(
    conn: &impl ConnectionTrait,
    query: Select<batch::Entity>,
    page: &PageQuery,
) -> Answer<Page<batch::Model>> {
    let rows = newest_first::<_, id::PayoutBatch>(conn, query, batch::Column::Id, page).await?;
    Ok(Page::from_rows(rows, page, |row| row.id))
}

/// A page of payouts newest first, of one partner where one is named.
pub async fn page_of_payouts(
    conn: &impl ConnectionTrait,
    query: Select<payout::Entity>,
    partner: Option<Id<id::Partner>>,
    page: &PageQuery,
) -> Answer<Page<payout::Model>> {
    let query = match partner {
        Some(partner) => query.filter(payout::Column::PartnerId.eq(partner)),
        None => query,
    };
    let rows = newest_first::<_, id::Payout>(conn, query, payout::Column::Id, page).await?;
    Ok(Page::from_rows(rows, page, |row| row.id))
}

/// What a batch's payouts in one state come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateSum {
    pub state: PayoutState,
    pub count: i64,
    pub amount_minor: i64,
}

/// The order in which states are told.
const fn place(state: PayoutState) -> u8 {
    match state {
        PayoutState::InTransit => 0,
        PayoutState::Paid => 1,
        PayoutState::Failed => 2,
        PayoutState::Returned => 3,
    }
}

/// What the payouts of each of these batches come to by state, in one question.
pub async fn sums(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    batches: impl IntoIterator<Item = Id<id::PayoutBatch>>,
) -> Answer<HashMap<Id<id::PayoutBatch>, Vec<StateSum>>> {
    use payout::Column;
    let sum = Expr::col((payout::Entity, Column::AmountMinor)).sum().cast_as("bigint");
    let rows: Vec<(Id<id::PayoutBatch>, PayoutState, i64, i64)> = payout::Entity::find()
        .select_only()
        .columns([Column::BatchId, Column::State])
        .column_as(Column::Id.count(), "payouts_count")
        .column_as(sum, "amount_minor")
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::BatchId.is_in(batches))
        .group_by(Column::BatchId)
        .group_by(Column::State)
        .into_tuple()
        .all(conn)
        .await?;
    let mut sums: HashMap<_, Vec<StateSum>> = HashMap::new();
    for (batch, state, count, amount_minor) in rows {
        sums.entry(batch).or_default().push(StateSum { state, count, amount_minor });
    }
    sums.values_mut().for_each(|of_batch| of_batch.sort_by_key(|sum| place(sum.state)));
    Ok(sums)
}
