//! Setting what a manager gets from a month on.

use std::collections::BTreeMap;

use kernel::{Id, Money, Tenant, decimal::Decimal8, id};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
};
use serde::Deserialize;
use serde_json::json;

use super::{
    model::{BonusBase, BonusBasis, plan},
    rules,
};
use crate::{
    App,
    advertisers::managers::require_staff,
    audit::{self, Change},
    currencies,
    identity::Actor,
    platform::Answer,
    results::model::Month,
    workspaces,
};

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "manager_id": "usr_01KAMX4S5T0000000000000000", "base": "profit", "basis": "collected", "sum": null, "percent": "5",
    "from_month": "2026-11"
}))]
#[serde(deny_unknown_fields)]
pub struct ManagerBonusPlanIn {
    pub manager_id: Id<id::User>,
    pub base: BonusBase,
    /// Collected for revenue and profit alone.
    pub basis: BonusBasis,
    /// A month, or for each conversion. Nought ends a plan.
    pub sum: Option<Money>,
    /// Of earnings, revenue or profit. Nought ends a plan.
    pub percent: Option<Decimal8>,
    /// The first month it counts for.
    pub from_month: String,
}

pub async fn set(app: &App, actor: &Actor, new: &ManagerBonusPlanIn) -> Answer<plan::Model> {
    rules::require_fit(new.base, new.basis, new.sum, new.percent)?;
    let from_month: Month = new.from_month.parse()?;
    let write = app.records.begin().await?;
    require_staff(&*write, actor.tenant, new.manager_id).await?;
    let reporting = workspaces::store::get(&*write, actor.tenant).await?.currency()?;
    let currency = new.sum.map_or(reporting, |sum| sum.currency);
    currencies::store::require_usable(&*write, actor.tenant, currency).await?;
    let row = plan::Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        manager_id: new.manager_id,
        base: new.base,
        basis: new.basis,
        currency: currency.to_string(),
        sum_minor: new.sum.map(|sum| sum.minor),
        percent_e8: new.percent.map(Decimal8::raw),
        from_month: from_month.to_string(),
        created_by: actor.user,
        created_at: app.ambient.now(),
    };
    plan::Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    let after = Some(json!({
        "manager_id": row.manager_id, "formula": rules::formula(&row), "from_month": row.from_month
    }));
    let change = Change { action: "manager_bonus.planned", subject: row.id.to_string(), before: None, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(row)
}

/// The plan of each manager that counts in a month: the one with the latest beginning, of these the newest.
pub async fn in_force(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    month: Month,
) -> Result<BTreeMap<Id<id::User>, plan::Model>, DbErr> {
    let rows = plan::Entity::find()
        .filter(plan::Column::WorkspaceId.eq(tenant.id()))
        .filter(plan::Column::FromMonth.lte(month.to_string()))
        .order_by_asc(plan::Column::FromMonth)
        .order_by_asc(plan::Column::Id)
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.manager_id, row)).collect())
}
