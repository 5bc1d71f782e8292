//! What one person may give a partner alone within a day: small amounts count together, by whichever door they came.

use std::collections::HashSet;

use kernel::{Currency, Id, Money, Tenant, Timestamp, id};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _};

use super::{
    entity::{given, limit},
    rules,
};
use crate::{currencies, identity::Actor, platform::Answer, workspaces};

/// Days over which amounts count together.
const TOGETHER_DAYS: i64 = 1;

/// Whether this amount, with what the same person gave the partner alone within a day, passes the limit.
pub async fn takes_two(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    partner: Id<id::Partner>,
    amount: Money,
    now: Timestamp,
) -> Answer<bool> {
    let limit_minor = limit_of(conn, actor.tenant).await?;
    if limit_minor.is_none() {
        return Ok(false);
    }
    let given = given::Entity::find()
        .filter(given::Column::WorkspaceId.eq(actor.tenant.id()))
        .filter(given::Column::PartnerId.eq(partner))
        .filter(given::Column::UserId.eq(actor.user))
        .filter(given::Column::At.gt(now.plus_days(-TOGETHER_DAYS)))
        .all(conn)
        .await?;
    let this = Money::new(amount.minor.saturating_abs(), amount.currency);
    let amounts = given.iter().map(|one| Money::new(one.amount_minor, one.currency())).chain([this]);
    let together_minor = in_reporting(conn, actor.tenant, amounts.collect(), now).await?;
    Ok(rules::takes_two(limit_minor, together_minor))
}

/// Remembers what one person gave alone, or took, by the entry that booked it.
pub async fn remember(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    partner: Id<id::Partner>,
    amount: Money,
    booked: (Id<id::BookEntry>, Timestamp),
) -> Answer<()> {
    let row = given::Model {
        entry_id: booked.0,
        workspace_id: actor.tenant.id(),
        partner_id: partner,
        user_id: actor.user,
        currency: amount.currency.to_string(),
        amount_minor: amount.minor.saturating_abs(),
        at: booked.1,
    };
    given::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

/// The amount that one person may not pass alone, in the reporting currency.
pub async fn limit_of(conn: &impl ConnectionTrait, tenant: Tenant) -> Answer<Option<i64>> {
    let row = limit::Entity::find_by_id(tenant.id()).one(conn).await?;
    Ok(row.map(|row| row.limit_minor))
}

/// The sum in the reporting currency by today's rates, where they are known.
async fn in_reporting(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    amounts: Vec<Money>,
    now: Timestamp,
) -> Answer<Option<i64>> {
    let workspace = workspaces::store::get(conn, tenant).await?;
    let (reporting, today) = (workspace.currency()?, now.local_day(&workspace.zone()?));
    let named: HashSet<Currency> = amounts.iter().map(|amount| amount.currency).chain([reporting]).collect();
    let rates = currencies::store::rates(conn, tenant, &named, &[today].into()).await?;
    let mut together = Some(0_i64);
    for amount in amounts {
        let reported = rates.convert(amount, reporting, today).map(|(money, _)| money.minor);
        together = together.zip(reported).and_then(|(sum, minor)| sum.checked_add(minor));
    }
    Ok(together)
}
