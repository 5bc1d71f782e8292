//! Who owes what and since when, what was collected, and how much partners are owed beyond it.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use kernel::{Currency, Id, Tenant, id};
use ledger::AdvertiserBalance;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, JoinType, QueryFilter as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _},
};

use super::{
    entity::{
        account,
        invoice::{self, InvoiceKind, InvoiceState},
        payment::{self, PaymentKind},
    },
    rules::{self, Ages},
};
use crate::{
    conversions::{
        Status,
        entity::{commission, conversion},
    },
    platform::Answer,
};

/// An advertiser in one currency.
type Key = (Id<id::Advertiser>, Currency);

/// What one advertiser owes in one currency.
pub struct Receivable {
    pub advertiser: Id<id::Advertiser>,
    pub balance: AdvertiserBalance,
    pub ages: Ages,
    /// Charged, and on no issued invoice.
    pub not_invoiced_minor: i64,
    pub exposure_minor: i64,
    pub account: Option<account::Model>,
}

/// What these advertisers owe, in order of advertiser and currency. Read it in one transaction.
pub async fn of(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertisers: &[Id<id::Advertiser>],
    today: Date,
) -> Answer<Vec<Receivable>> {
    let balances = ledger::advertiser_balances(conn, tenant, advertisers).await.map_err(anyhow::Error::from)?;
    let ages = ages(conn, tenant, advertisers, today).await?;
    let free = free(conn, tenant, advertisers).await?;
    let earned = earned(conn, tenant, advertisers).await?;
    let mut accounts = accounts(conn, tenant, advertisers).await?;
    let mut all: BTreeMap<Key, AdvertiserBalance> = BTreeMap::new();
    for (advertiser, of_advertiser) in balances {
        all.extend(of_advertiser.into_iter().map(|balance| ((advertiser, balance.currency), balance)));
    }
    for &(advertiser, currency) in accounts.keys() {
        let nothing = AdvertiserBalance { currency, pending: 0, receivable: 0, prepaid: 0, paid: 0 };
        all.entry((advertiser, currency)).or_insert(nothing);
    }
    let rows = all.into_iter().map(|(key, balance)| {
        let (ages, open_minor) = ages.get(&key).copied().unwrap_or_default();
        let free_minor = free.get(&key).copied().unwrap_or_default();
        let earned_minor = earned.get(&key).copied().unwrap_or_default();
        Receivable {
            advertiser: key.0,
            ages,
            not_invoiced_minor: balance.receivable - balance.prepaid + free_minor - open_minor,
            exposure_minor: rules::exposure(earned_minor, balance.paid),
            account: accounts.remove(&key),
            balance,
        }
    });
    Ok(rows.collect())
}

async fn accounts(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertisers: &[Id<id::Advertiser>],
) -> Answer<HashMap<Key, account::Model>> {
    let query = account::Entity::find().filter(account::Column::WorkspaceId.eq(tenant.id()));
    let rows = query.filter(account::Column::AdvertiserId.is_in(advertisers.iter().copied())).all(conn).await?;
    Ok(rows.into_iter().map(|row| ((row.advertiser_id, row.currency()), row)).collect())
}

/// What is open of issued invoices, by age and in all.
async fn ages(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertisers: &[Id<id::Advertiser>],
    today: Date,
) -> Answer<HashMap<Key, (Ages, i64)>> {
    use invoice::Column;
    let sum = Expr::col((invoice::Entity, Column::OpenMinor)).sum().cast_as("bigint");
    let rows: Vec<(Id<id::Advertiser>, String, Option<String>, i64)> = invoice::Entity::find()
        .select_only()
        .columns([Column::AdvertiserId, Column::Currency, Column::DueOn])
        .column_as(sum, "open_minor")
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::AdvertiserId.is_in(advertisers.iter().copied()))
        .filter(Column::Kind.eq(InvoiceKind::Invoice))
        .filter(Column::State.eq(InvoiceState::Issued))
        .group_by(Column::AdvertiserId)
        .group_by(Column::Currency)
        .group_by(Column::DueOn)
        .into_tuple()
        .all(conn)
        .await?;
    let mut all: HashMap<Key, (Ages, i64)> = HashMap::new();
    for (advertiser, currency, due_on, minor) in rows {
        let of = all.entry((advertiser, currency.parse()?)).or_default();
        of.0.add(rules::days_overdue(due_on.as_deref(), today), minor);
        of.1 += minor;
    }
    Ok(all)
}

/// What was paid and settles no invoice.
async fn free(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertisers: &[Id<id::Advertiser>],
) -> Answer<HashMap<Key, i64>> {
    use payment::Column;
    let sum = Expr::col((payment::Entity, Column::FreeMinor)).sum().cast_as("bigint");
    let rows: Vec<(Id<id::Advertiser>, String, i64)> = payment::Entity::find()
        .select_only()
        .columns([Column::AdvertiserId, Column::Currency])
        .column_as(sum, "free_minor")
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::AdvertiserId.is_in(advertisers.iter().copied()))
        .filter(Column::Kind.ne(PaymentKind::Refund))
        .group_by(Column::AdvertiserId)
        .group_by(Column::Currency)
        .into_tuple()
        .all(conn)
        .await?;
    rows.into_iter().map(|(advertiser, code, minor)| Ok(((advertiser, code.parse()?), minor))).collect()
}

/// What partners are owed or were sent for conversions of these advertisers.
pub async fn earned(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertisers: &[Id<id::Advertiser>],
) -> Answer<HashMap<Key, i64>> {
    use commission::Column;
    let of_conversion: sea_orm::RelationDef =
        commission::Entity::belongs_to(conversion::Entity).from(Column::ConversionId).to(conversion::Column::Id).into();
    let sum = Expr::col((commission::Entity, Column::AmountMinor)).sum().cast_as("bigint");
    let query = commission::Entity::find()
        .select_only()
        .column(conversion::Column::AdvertiserId)
        .column(Column::Currency)
        .column_as(sum, "amount_minor")
        .join(JoinType::InnerJoin, of_conversion)
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::Status.is_in([Status::Locked, Status::Paid]))
        .filter(conversion::Column::AdvertiserId.is_in(advertisers.iter().copied()));
    let query = query.group_by(conversion::Column::AdvertiserId).group_by(Column::Currency);
    let rows: Vec<(Id<id::Advertiser>, String, i64)> = query.into_tuple().all(conn).await?;
    rows.into_iter().map(|(advertiser, code, minor)| Ok(((advertiser, code.parse()?), minor))).collect()
}
