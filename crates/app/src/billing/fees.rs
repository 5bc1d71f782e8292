//! Charges an advertiser beside conversions: once for each key, in the caller's transaction.

use jiff::civil::Date;
use kernel::{Id, Money, Tenant, id};
use ledger::{Stamp, entries};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _};

use super::{
    accounts,
    entity::fee::{Column, Entity, FeeKind, Model},
};
use crate::{
    App,
    news::RouteNews,
    platform::{Answer, WriteTransaction},
};

/// A fee, or what is given back of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fee {
    /// Once for a subscription.
    pub key: String,
    pub kind: FeeKind,
    pub name: String,
    /// Below nought where it is given back.
    pub amount: Money,
    /// Of the whole period, in minor units.
    pub full_minor: i64,
    pub period_on: Date,
    pub from_on: Date,
    /// The last day, that day included.
    pub to_on: Date,
    pub days: i32,
    pub of_days: i32,
}

/// Books a fee and follows with the balance. Nothing happens where its key was charged before, or where it comes to nought.
/// Call it while holding the workspace; answers what the edge must hear.
pub async fn charge(
    app: &App,
    write: &WriteTransaction,
    (tenant, advertiser, subscription): (Tenant, Id<id::Advertiser>, Id<id::Subscription>),
    fee: &Fee,
) -> Answer<Vec<RouteNews>> {
    if fee.amount.minor == 0 || is_charged(&**write, tenant, subscription, &fee.key).await? {
        return Ok(Vec::new());
    }
    let stamp = Stamp { id: app.ambient.new_id(), at: app.ambient.now() };
    let row = Model {
        id: app.ambient.new_id(),
        workspace_id: tenant.id(),
        advertiser_id: advertiser,
        subscription_id: subscription,
        fee_key: fee.key.clone(),
        kind: fee.kind,
        name: fee.name.clone(),
        currency: fee.amount.currency.to_string(),
        period_on: fee.period_on.to_string(),
        from_on: fee.from_on.to_string(),
        to_on: fee.to_on.to_string(),
        days: fee.days,
        of_days: fee.of_days,
        full_minor: fee.full_minor,
        amount_minor: fee.amount.minor,
        entry_id: stamp.id,
        created_at: stamp.at,
    };
    let entry = entries::subscription(stamp, advertiser, fee.amount).with_note(row.id.to_string());
    ledger::post(&**write, tenant, &[entry]).await.map_err(anyhow::Error::from)?;
    Entity::insert(row.into_active_model()).exec_without_returning(&**write).await?;
    accounts::refresh_of(app, write, tenant, (advertiser, fee.amount.currency)).await
}

async fn is_charged(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    subscription: Id<id::Subscription>,
    key: &str,
) -> Answer<bool> {
    let query = Entity::find().filter(Column::WorkspaceId.eq(tenant.id())).filter(Column::FeeKey.eq(key));
    Ok(query.filter(Column::SubscriptionId.eq(subscription)).one(conn).await?.is_some())
}
