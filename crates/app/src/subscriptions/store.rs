//! Plans and subscriptions in the records.

use std::collections::HashMap;

use kernel::{Id, Money, Refusal, Tenant, id};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _},
};

use super::{
    entity::{
        plan,
        subscription::{Column, Entity, Model},
        version,
    },
    rules::{Charged, Terms},
};
use crate::{billing::entity::fee, platform::Answer};

/// Fees that are shown beside a subscription, the newest.
const FEES_SHOWN: u64 = 24;

/// One plan of the tenant, or 404.
pub async fn plan(conn: &impl ConnectionTrait, tenant: Tenant, id: Id<id::SubscriptionPlan>) -> Answer<plan::Model> {
    let row = plan::Entity::find_by_id(id).filter(plan::Column::WorkspaceId.eq(tenant.id())).one(conn).await?;
    Ok(row.ok_or_else(|| Refusal::not_found("subscription plan"))?)
}

/// One subscription of the tenant, or 404.
pub async fn get(conn: &impl ConnectionTrait, tenant: Tenant, id: Id<id::Subscription>) -> Answer<Model> {
    let row = Entity::find_by_id(id).filter(Column::WorkspaceId.eq(tenant.id())).one(conn).await?;
    Ok(row.ok_or_else(|| Refusal::not_found("subscription"))?)
}

/// The advertiser's that runs, else its last one.
pub async fn of_advertiser(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertiser: Id<id::Advertiser>,
) -> Answer<Option<Model>> {
    let query = Entity::find().filter(Column::WorkspaceId.eq(tenant.id())).filter(Column::AdvertiserId.eq(advertiser));
    Ok(query.order_by_desc(Column::Id).one(conn).await?)
}

/// Writes every column but the id anew.
pub async fn save(conn: &impl ConnectionTrait, row: &Model) -> Answer<()> {
    row.clone().into_active_model().reset_all().update(conn).await?;
    Ok(())
}

/// A plan's terms as they are for new subscriptions.
pub fn terms(plan: &plan::Model) -> Terms {
    Terms { plan: plan.id, version: plan.version, name: plan.name.clone(), price: plan.price(), period: plan.period }
}

/// The terms of one version of a plan.
async fn terms_of(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    (id, number): (Id<id::SubscriptionPlan>, i32),
) -> Answer<Terms> {
    let plan = plan(conn, tenant, id).await?;
    let found = version::Entity::find_by_id((id, number)).filter(version::Column::WorkspaceId.eq(tenant.id()));
    let found = found.one(conn).await?.ok_or_else(|| anyhow::anyhow!("{id} has no version {number}"))?;
    let price = Money::new(found.price_minor, plan.price().currency);
    Ok(Terms { version: number, price, ..terms(&plan) })
}

/// What a subscription runs by now.
pub async fn current_terms(conn: &impl ConnectionTrait, row: &Model) -> Answer<Terms> {
    terms_of(conn, Tenant(row.workspace_id), (row.plan_id, row.plan_version)).await
}

/// What its next period runs by.
pub async fn next_terms(conn: &impl ConnectionTrait, row: &Model) -> Answer<Terms> {
    let next = row.next_plan_id.zip(row.next_plan_version).unwrap_or((row.plan_id, row.plan_version));
    terms_of(conn, Tenant(row.workspace_id), next).await
}

/// What the fees of the period that was charged last come to.
pub async fn charged(conn: &impl ConnectionTrait, row: &Model) -> Answer<Charged> {
    use fee::Column as Of;
    let Some(period_on) = &row.period_from else { return Ok(Charged::default()) };
    let query = fee::Entity::find().filter(Of::WorkspaceId.eq(row.workspace_id)).filter(Of::SubscriptionId.eq(row.id));
    let rows = query.filter(Of::PeriodOn.eq(period_on.as_str())).all(conn).await?;
    Ok(Charged {
        net_minor: rows.iter().map(|row| row.amount_minor).sum(),
        dearest_minor: rows.iter().map(|row| row.full_minor).max().unwrap_or_default(),
    })
}

/// The newest fees of a subscription, newest first.
pub async fn fees(conn: &impl ConnectionTrait, row: &Model) -> Answer<Vec<fee::Model>> {
    use fee::Column as Of;
    let query = fee::Entity::find().filter(Of::WorkspaceId.eq(row.workspace_id)).filter(Of::SubscriptionId.eq(row.id));
    Ok(query.order_by_desc(Of::Id).limit(FEES_SHOWN).all(conn).await?)
}

/// How many run by each plan.
pub async fn running(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    plans: &[Id<id::SubscriptionPlan>],
) -> Answer<HashMap<Id<id::SubscriptionPlan>, i64>> {
    let rows: Vec<(Id<id::SubscriptionPlan>, i64)> = Entity::find()
        .select_only()
        .column(Column::PlanId)
        .column_as(Expr::col((Entity, Column::Id)).count(), "count")
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::PlanId.is_in(plans.iter().copied()))
        .filter(Column::RunningOf.is_not_null())
        .group_by(Column::PlanId)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().collect())
}
