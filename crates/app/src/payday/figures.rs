//! Which advertisers owe for a month, and how far their figures of it are.

use std::collections::{BTreeMap, HashMap};

use kernel::{Id, Money, Tenant, Timestamp, id};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _},
};

use super::rules::{self, FiguresStanding, PeriodOf};
use crate::{
    conversions::{Status, entity::conversion},
    platform::Answer,
    reconciliation::{
        entity::reconciliation,
        listed::{ReconciliationFilter, periods},
        model::ReconciliationState,
    },
    results::model::Month,
};

/// An event may be told a little before it is said to have happened.
const AHEAD_DAYS: i64 = 2;

/// One advertiser that is charged for conversions of a month.
#[derive(Clone, Debug)]
pub struct Figures {
    pub advertiser: Id<id::Advertiser>,
    pub conversions: i64,
    /// What they come to now, one for each currency.
    pub amounts: Vec<Money>,
    pub standing: FiguresStanding,
    /// Its periods that have a day of the month, in order.
    pub periods: Vec<(Id<id::Reconciliation>, ReconciliationState)>,
}

/// Every advertiser that is charged for conversions of a month, in order of id.
pub async fn of(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    (month, span): (Month, (Timestamp, Timestamp)),
) -> Answer<Vec<Figures>> {
    let mut known = told(conn, tenant, month).await?;
    let charged = charged(conn, tenant, span).await?;
    let figures = charged.into_iter().map(|(advertiser, (conversions, amounts))| {
        let periods = known.remove(&advertiser).unwrap_or_default();
        let days: Vec<PeriodOf> = periods.iter().map(|(_, period)| *period).collect();
        Figures {
            advertiser,
            conversions,
            amounts,
            standing: rules::figures(month, &days),
            periods: periods.into_iter().map(|(id, (_, _, state))| (id, state)).collect(),
        }
    });
    Ok(figures.collect())
}

type Told = HashMap<Id<id::Advertiser>, Vec<(Id<id::Reconciliation>, PeriodOf)>>;

/// The periods that have a day of the month, by advertiser.
async fn told(conn: &impl ConnectionTrait, tenant: Tenant, month: Month) -> Answer<Told> {
    use reconciliation::Column;
    type Row = (Id<id::Advertiser>, Id<id::Reconciliation>, String, String, ReconciliationState);
    let filter = ReconciliationFilter { month: Some(month), ..ReconciliationFilter::default() };
    let rows: Vec<Row> = periods(tenant, &filter)
        .select_only()
        .columns([Column::AdvertiserId, Column::Id, Column::FirstDay, Column::LastDay, Column::State])
        .into_tuple()
        .all(conn)
        .await?;
    let mut told = Told::new();
    for (advertiser, id, first, last, state) in rows {
        let first = first.parse().map_err(anyhow::Error::from)?;
        let last = last.parse().map_err(anyhow::Error::from)?;
        told.entry(advertiser).or_default().push((id, (first, last, state)));
    }
    told.values_mut().for_each(|periods| periods.sort_by_key(|(id, (first, last, _))| (*first, *last, *id)));
    Ok(told)
}

type Charged = BTreeMap<Id<id::Advertiser>, (i64, Vec<Money>)>;

/// How many conversions of the month each advertiser is or would be charged for, and how much.
async fn charged(conn: &impl ConnectionTrait, tenant: Tenant, (from, to): (Timestamp, Timestamp)) -> Answer<Charged> {
    use conversion::Column;
    let sum = Expr::col((conversion::Entity, Column::RevenueMinor)).sum().cast_as("bigint");
    // Ids go by the moment of arrival: what happened in the month did not come before it, and the index begins there.
    let first = Id::<id::Conversion>::from_parts(from.plus_days(-AHEAD_DAYS), 0);
    let rows: Vec<(Id<id::Advertiser>, String, i64, i64)> = conversion::Entity::find()
        .select_only()
        .columns([Column::AdvertiserId, Column::Currency])
        .column_as(Column::Id.count(), "conversions_count")
        .column_as(sum, "revenue_minor")
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::Id.gte(first))
        .filter(Column::EventAt.gte(from))
        .filter(Column::EventAt.lt(to))
        .filter(Column::Status.is_in([Status::Pending, Status::Approved, Status::Locked, Status::Paid]))
        .filter(Column::RevenueMinor.gt(0))
        .filter(Column::AdvertiserId.is_not_null())
        .group_by(Column::AdvertiserId)
        .group_by(Column::Currency)
        .into_tuple()
        .all(conn)
        .await?;
    let mut charged = Charged::new();
    for (advertiser, currency, count, minor) in rows {
        let of_one = charged.entry(advertiser).or_default();
        of_one.0 += count;
        of_one.1.push(Money::new(minor, currency.parse()?));
    }
    charged.values_mut().for_each(|(_, amounts)| amounts.sort_by_key(|amount| amount.currency));
    Ok(charged)
}
