//! Plans that advertisers subscribe to, and what a changed price holds for.

use kernel::{Id, Money, Refusal, RefusalCode, id};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, IntoActiveModel as _,
    PaginatorTrait as _, QueryFilter as _, sea_query::Expr,
};
use serde::Deserialize;
use serde_json::json;

use super::{
    entity::{
        SubscriptionPeriod,
        plan::{Column, Entity, Model},
        subscription, version,
    },
    rules, store,
};
use crate::{
    App,
    audit::{self, Change},
    currencies,
    identity::Actor,
    platform::{
        Answer, WriteTransaction,
        body::{TEXT_CHARS_MAX, short_text},
    },
};

/// Plans of one workspace, archived ones among them.
pub const PLANS_MAX: u64 = 200;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "name": "Growth", "price": {"minor": 4900, "currency": "EUR"}, "period": "month", "trial_days": 14
}))]
#[serde(deny_unknown_fields)]
pub struct NewSubscriptionPlan {
    pub name: String,
    /// For a whole period, without tax.
    pub price: Money,
    pub period: SubscriptionPeriod,
    /// None unless said.
    #[serde(default)]
    pub trial_days: i32,
}

/// What is left out stays as it is.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"price_minor": 5900, "holds_for_running": true}))]
#[serde(deny_unknown_fields)]
pub struct SubscriptionPlanChange {
    pub name: Option<String>,
    /// For new subscriptions.
    pub price_minor: Option<i64>,
    /// For new subscriptions.
    pub trial_days: Option<i32>,
    /// An archived plan takes no new subscriptions; those that run go on.
    pub is_archived: Option<bool>,
    /// Whether subscriptions of this plan that run take its price as it is now from their next period on.
    #[serde(default)]
    pub holds_for_running: bool,
}

pub async fn create(app: &App, actor: &Actor, new: &NewSubscriptionPlan) -> Answer<Model> {
    let name = short_text("name", &new.name, TEXT_CHARS_MAX)?;
    rules::require_price(new.price)?;
    rules::require_trial(new.trial_days)?;
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    currencies::store::require_usable(&*write, actor.tenant, new.price.currency).await?;
    let known = Entity::find().filter(Column::WorkspaceId.eq(actor.tenant.id())).count(&*write).await?;
    if known >= PLANS_MAX {
        return Err(Refusal::new(RefusalCode::TooManyOfThem, "the workspace has as many plans as it can").into());
    }
    let now = app.ambient.now();
    let row = Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        name,
        currency: new.price.currency.to_string(),
        period: new.period,
        trial_days: new.trial_days,
        price_minor: new.price.minor,
        version: 1,
        archived_at: None,
        created_by: actor.user,
        created_at: now,
        updated_at: now,
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    keep_version(app, &write, actor, &row).await?;
    remember(app, &write, actor, ("subscription_plan.created", None), &row, false).await?;
    write.commit().await?;
    Ok(row)
}

pub async fn change(
    app: &App,
    actor: &Actor,
    id: Id<id::SubscriptionPlan>,
    change: &SubscriptionPlanChange,
) -> Answer<Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let before = store::plan(&*write, actor.tenant, id).await?;
    let mut row = before.clone();
    if let Some(name) = &change.name {
        row.name = short_text("name", name, TEXT_CHARS_MAX)?;
    }
    if let Some(minor) = change.price_minor {
        rules::require_price(Money::new(minor, row.price().currency))
            .map_err(|_| Refusal::field("price_minor", "must be above nought and at most 1000000000000000"))?;
        row.price_minor = minor;
    }
    if let Some(days) = change.trial_days {
        rules::require_trial(days)?;
        row.trial_days = days;
    }
    let now = app.ambient.now();
    if let Some(is_archived) = change.is_archived {
        row.archived_at = is_archived.then(|| before.archived_at.unwrap_or(now));
    }
    row.updated_at = now;
    if row.price_minor != before.price_minor {
        row.version += 1;
        keep_version(app, &write, actor, &row).await?;
    }
    row.clone().into_active_model().reset_all().update(&*write).await?;
    if change.holds_for_running {
        hold_for_running(app, &write, &row).await?;
    }
    let action = ("subscription_plan.changed", Some(&before));
    remember(app, &write, actor, action, &row, change.holds_for_running).await?;
    write.commit().await?;
    Ok(row)
}

async fn keep_version(app: &App, write: &WriteTransaction, actor: &Actor, row: &Model) -> Answer<()> {
    let kept = version::Model {
        plan_id: row.id,
        version: row.version,
        workspace_id: row.workspace_id,
        price_minor: row.price_minor,
        set_by: actor.user,
        set_at: app.ambient.now(),
    };
    version::Entity::insert(kept.into_active_model()).exec_without_returning(&**write).await?;
    Ok(())
}

/// From their next period on. One that goes on with another plan then keeps to that.
async fn hold_for_running(app: &App, write: &WriteTransaction, row: &Model) -> Answer<()> {
    use subscription::Column as Of;
    let own_next = Condition::any().add(Of::NextPlanId.is_null()).add(Of::NextPlanId.eq(row.id));
    let other_price = Of::PlanId.eq(row.id).and(Of::PlanVersion.ne(row.version));
    let coming = Condition::any().add(Condition::all().add(other_price).add(own_next)).add(Of::NextPlanId.eq(row.id));
    subscription::Entity::update_many()
        .col_expr(Of::NextPlanId, Expr::value(row.id))
        .col_expr(Of::NextPlanVersion, Expr::value(row.version))
        .col_expr(Of::UpdatedAt, Expr::value(app.ambient.now()))
        .filter(Of::WorkspaceId.eq(row.workspace_id))
        .filter(Of::RunningOf.is_not_null())
        .filter(coming)
        .exec(&**write)
        .await?;
    Ok(())
}

async fn remember(
    app: &App,
    write: &WriteTransaction,
    actor: &Actor,
    (action, before): (&str, Option<&Model>),
    row: &Model,
    holds_for_running: bool,
) -> Answer<()> {
    let told = |row: &Model| {
        json!({
            "name": row.name, "price_minor": row.price_minor, "currency": row.currency, "period": row.period,
            "trial_days": row.trial_days, "version": row.version, "is_archived": row.archived_at.is_some()
        })
    };
    let mut after = told(row);
    after["holds_for_running"] = json!(holds_for_running);
    let change = Change { action, subject: row.id.to_string(), before: before.map(told), after: Some(after) };
    Ok(audit::record(&**write, &app.ambient, actor, change).await?)
}
