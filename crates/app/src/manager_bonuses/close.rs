//! Closing a month: each manager's statement, once.

use jiff::civil::Date;
use kernel::{Id, Refusal, RefusalCode, Tenant, Timestamp, id};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _, QueryFilter as _};
use serde_json::json;

use super::{
    figures,
    model::{plan, statement},
    plans, rules,
};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    platform::{Answer, columns::TextList},
    results::model::Month,
    workspaces,
};

/// Works out and freezes the statements of a month that has none for its manager yet.
///
/// # Errors
/// `month_not_over` until its last day has passed and what happened on it is in the reports.
pub async fn close(app: &App, actor: &Actor, month: Month) -> Answer<Vec<statement::Model>> {
    let workspace = workspaces::store::get(app.records.read(), actor.tenant).await?;
    let zone = workspace.zone()?;
    let end = Timestamp::start_of_day(month.next().first_day(), &zone);
    if app.ambient.now() < end || app.shipper.fresh_to() < end {
        let message = format!("{month} is not over yet, or not all of it is in the reports");
        return Err(Refusal::new(RefusalCode::MonthNotOver, message).into());
    }
    let closed: Vec<_> = of_month(app.records.read(), actor.tenant, month).await?;
    let mut made = Vec::new();
    for (manager, plan) in plans::in_force(app.records.read(), actor.tenant, month).await? {
        if closed.iter().any(|row| row.manager_id == manager) {
            continue;
        }
        let (found, without_rate) = figures::of(app, &workspace, manager, month).await?;
        made.push(statement_of(app, actor, &plan, month, (found, workspace.currency()?, without_rate))?);
    }
    keep(app, actor, month, made).await
}

fn statement_of(
    app: &App,
    actor: &Actor,
    plan: &plan::Model,
    month: Month,
    (figures, figures_currency, without_rate): (rules::Figures, kernel::Currency, Vec<String>),
) -> Answer<statement::Model> {
    let too_large = || Refusal::new(RefusalCode::AmountOutOfRange, "the plan makes an amount that is too large");
    let has_sum = plan.sum_minor.is_some();
    Ok(statement::Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        manager_id: plan.manager_id,
        plan_id: plan.id,
        month: month.to_string(),
        formula: rules::formula(plan),
        conversions: figures.conversions,
        figures_currency: figures_currency.to_string(),
        earnings_minor: figures.earnings_minor,
        revenue_minor: figures.revenue_minor,
        collected_minor: figures.collected_minor,
        without_rate: TextList(without_rate),
        currency: if has_sum { plan.currency.clone() } else { figures_currency.to_string() },
        amount_minor: rules::amount_minor(plan, &figures).ok_or_else(too_large)?,
        closed_by: actor.user,
        closed_at: app.ambient.now(),
    })
}

/// Writes those that nobody has written meanwhile.
async fn keep(app: &App, actor: &Actor, month: Month, made: Vec<statement::Model>) -> Answer<Vec<statement::Model>> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let closed = of_month(&*write, actor.tenant, month).await?;
    let is_new = |row: &statement::Model| closed.iter().all(|known| known.manager_id != row.manager_id);
    for row in made.into_iter().filter(is_new) {
        let after = Some(json!({
            "manager_id": row.manager_id, "month": row.month, "formula": row.formula, "currency": row.currency,
            "amount_minor": row.amount_minor
        }));
        let change = Change { action: "manager_bonus.closed", subject: row.id.to_string(), before: None, after };
        audit::record(&*write, &app.ambient, actor, change).await?;
        statement::Entity::insert(row.into_active_model()).exec_without_returning(&*write).await?;
    }
    let all = of_month(&*write, actor.tenant, month).await?;
    write.commit().await?;
    Ok(all)
}

async fn of_month(conn: &impl ConnectionTrait, tenant: Tenant, month: Month) -> Result<Vec<statement::Model>, DbErr> {
    statement::Entity::find()
        .filter(statement::Column::WorkspaceId.eq(tenant.id()))
        .filter(statement::Column::Month.eq(month.to_string()))
        .all(conn)
        .await
}

/// Statements of the months between two days.
pub async fn between(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    (from, to): (Date, Date),
) -> Result<Vec<statement::Model>, DbErr> {
    statement::Entity::find()
        .filter(statement::Column::WorkspaceId.eq(tenant.id()))
        .filter(statement::Column::Month.gte(Month::of(from).to_string()))
        .filter(statement::Column::Month.lte(Month::of(to).to_string()))
        .all(conn)
        .await
}

/// Whose statements the actor may see: the owner and finance all, a manager its own.
pub fn whose(actor: &Actor) -> Option<Id<id::User>> {
    (actor.role == crate::identity::Role::Manager).then_some(actor.user)
}
