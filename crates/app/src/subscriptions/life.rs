//! The life of a subscription as people lead it: started, changed, kept, cancelled.

use jiff::civil::Date;
use kernel::{Id, Refusal, RefusalCode, Tenant, id};
use sea_orm::{ConnectionTrait, EntityTrait as _, IntoActiveModel as _};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    dunning,
    entity::{
        SubscriptionState, plan,
        subscription::{Entity, Model},
    },
    rules, run, store,
};
use crate::{
    App, advertisers,
    audit::{self, Change},
    billing::fees::{self, Fee},
    currencies,
    identity::Actor,
    news::{self, RouteNews},
    platform::{Answer, WriteTransaction},
    workspaces,
};

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "advertiser_id": "adv_01KAMX4S5T0000000000000000", "plan_id": "spl_01KAMX4S5T0000000000000000"
}))]
#[serde(deny_unknown_fields)]
pub struct NewSubscription {
    pub advertiser_id: Id<id::Advertiser>,
    pub plan_id: Id<id::SubscriptionPlan>,
    /// The plan's unless said; none where the advertiser had a subscription before.
    pub trial_days: Option<i32>,
}

/// From when on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeFrom {
    /// From today on; the days of the period are settled.
    Now,
    /// From the next period on.
    NextPeriod,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"plan_id": "spl_01KAMX4S5T0000000000000000", "from": "now"}))]
#[serde(deny_unknown_fields)]
pub struct SubscriptionChange {
    /// At its price as it is now. The plan that it has, from the next period on, takes back what was to come.
    pub plan_id: Id<id::SubscriptionPlan>,
    pub from: ChangeFrom,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"from": "next_period"}))]
#[serde(deny_unknown_fields)]
pub struct SubscriptionEnd {
    pub from: ChangeFrom,
}

/// What a step would make of a subscription, or made of it: the row, and what is charged or given back at once.
pub struct Outcome {
    pub row: Model,
    pub fees: Vec<Fee>,
}

/// Today by the workspace's clock.
pub async fn today(app: &App, conn: &impl ConnectionTrait, tenant: Tenant) -> Answer<Date> {
    let zone = workspaces::store::get(conn, tenant).await?.zone()?;
    Ok(app.ambient.now().local_day(&zone))
}

/// Starts a subscription: with its trial, or with its first fee.
pub async fn start(app: &App, actor: &Actor, new: &NewSubscription) -> Answer<Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    advertisers::store::get(&*write, actor.tenant, new.advertiser_id).await?;
    let plan = open_plan(&*write, actor.tenant, new.plan_id).await?;
    currencies::store::require_usable(&*write, actor.tenant, plan.price().currency).await?;
    let last = store::of_advertiser(&*write, actor.tenant, new.advertiser_id).await?;
    if last.as_ref().is_some_and(|last| last.running_of.is_some()) {
        let message = "the advertiser has a subscription that runs: change that one";
        return Err(Refusal::new(RefusalCode::AlreadyExists, message).into());
    }
    let trial_days = new.trial_days.unwrap_or(if last.is_some() { 0 } else { plan.trial_days });
    rules::require_trial(trial_days)?;
    let today = today(app, &*write, actor.tenant).await?;
    let mut row = begun(app, actor, new.advertiser_id, (&plan, trial_days), today);
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    let news = run::bring_up_to(app, &write, &mut row, today).await?;
    finish(app, actor, write, ("subscription.started", None, news), row).await
}

fn begun(
    app: &App,
    actor: &Actor,
    advertiser: Id<id::Advertiser>,
    (plan, trial_days): (&plan::Model, i32),
    today: Date,
) -> Model {
    let first = today.saturating_add(jiff::Span::new().days(trial_days)).to_string();
    let has_trial = trial_days > 0;
    Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        advertiser_id: advertiser,
        running_of: Some(advertiser),
        plan_id: plan.id,
        plan_version: plan.version,
        price_minor: plan.price_minor,
        currency: plan.currency.clone(),
        period: plan.period,
        state: if has_trial { SubscriptionState::Trialing } else { SubscriptionState::Active },
        started_on: today.to_string(),
        trial_ends_on: has_trial.then(|| first.clone()),
        anchor_on: first.clone(),
        periods: 0,
        period_from: None,
        period_to: None,
        next_on: Some(first),
        next_plan_id: None,
        next_plan_version: None,
        ends: false,
        changes: 0,
        past_due_on: None,
        paused_on: None,
        cancelled_on: None,
        reminded_on: None,
        created_by: actor.user,
        created_at: app.ambient.now(),
        updated_at: app.ambient.now(),
    }
}

/// The plan, unless it takes no new subscriptions.
async fn open_plan(conn: &impl ConnectionTrait, tenant: Tenant, id: Id<id::SubscriptionPlan>) -> Answer<plan::Model> {
    let plan = store::plan(conn, tenant, id).await?;
    if plan.archived_at.is_some() {
        return Err(Refusal::new(RefusalCode::IllegalMove, "this plan takes no new subscriptions").into());
    }
    Ok(plan)
}

/// What a change would come to.
pub async fn changed(
    conn: &impl ConnectionTrait,
    before: &Model,
    wanted: &SubscriptionChange,
    today: Date,
) -> Answer<Outcome> {
    let mut row = before.clone();
    rules::require_changeable(&row)?;
    let tenant = Tenant(row.workspace_id);
    if wanted.plan_id == row.plan_id && wanted.from == ChangeFrom::NextPeriod && row.next_plan_id.is_some() {
        (row.next_plan_id, row.next_plan_version) = (None, None);
        return Ok(Outcome { row, fees: Vec::new() });
    }
    let new = store::terms(&open_plan(conn, tenant, wanted.plan_id).await?);
    if (new.plan, new.version) == (row.plan_id, row.plan_version) {
        return Err(Refusal::field("plan_id", "is the plan it has").into());
    }
    if wanted.from == ChangeFrom::NextPeriod {
        (row.next_plan_id, row.next_plan_version) = (Some(new.plan), Some(new.version));
        return Ok(Outcome { row, fees: Vec::new() });
    }
    let is_charged = row.period_from.is_some();
    if is_charged && new.price.currency != row.currency() {
        return Err(Refusal::field("plan_id", "is in another currency: change from the next period on").into());
    }
    let old = store::current_terms(conn, &row).await?;
    let charged = store::charged(conn, &row).await?;
    let fees = rules::change_now(&mut row, (&old, &new), today, charged);
    Ok(Outcome { row, fees })
}

/// What its end would come to.
pub async fn ended(conn: &impl ConnectionTrait, before: &Model, from: ChangeFrom, today: Date) -> Answer<Outcome> {
    let mut row = before.clone();
    if row.state == SubscriptionState::Cancelled {
        return Err(Refusal::new(RefusalCode::IllegalMove, "it is over").into());
    }
    if from == ChangeFrom::NextPeriod {
        rules::require_changeable(&row)?;
        row.ends = true;
        return Ok(Outcome { row, fees: Vec::new() });
    }
    let terms = store::current_terms(conn, &row).await?;
    let charged = store::charged(conn, &row).await?;
    let fees = rules::cancel_now(&mut row, &terms, today, charged).into_iter().collect();
    Ok(Outcome { row, fees })
}

/// Puts it on another plan.
pub async fn change(app: &App, actor: &Actor, id: Id<id::Subscription>, wanted: &SubscriptionChange) -> Answer<Model> {
    let (write, row, today, mut news) = begin(app, actor, id).await?;
    let before = told(&row);
    let outcome = changed(&*write, &row, wanted, today).await?;
    news.extend(carry_out(app, &write, &outcome).await?);
    finish(app, actor, write, ("subscription.changed", Some(before), news), outcome.row).await
}

/// Ends it now, or with its period.
pub async fn cancel(app: &App, actor: &Actor, id: Id<id::Subscription>, from: ChangeFrom) -> Answer<Model> {
    let (write, row, today, mut news) = begin(app, actor, id).await?;
    let before = told(&row);
    let outcome = ended(&*write, &row, from, today).await?;
    news.extend(carry_out(app, &write, &outcome).await?);
    if row.state == SubscriptionState::Paused && outcome.row.state == SubscriptionState::Cancelled {
        news.extend(dunning::let_go(app, &write, &outcome.row).await?);
    }
    finish(app, actor, write, ("subscription.cancelled", Some(before), news), outcome.row).await
}

/// Takes back that it ends with its period.
pub async fn keep(app: &App, actor: &Actor, id: Id<id::Subscription>) -> Answer<Model> {
    let (write, mut row, _, news) = begin(app, actor, id).await?;
    if !row.ends {
        return Err(Refusal::new(RefusalCode::IllegalMove, "it does not end with its period").into());
    }
    let before = told(&row);
    row.ends = false;
    if row.state == SubscriptionState::Paused {
        row.next_on = None;
    }
    finish(app, actor, write, ("subscription.kept", Some(before), news), row).await
}

/// Holds the workspace, and charges first what is due.
async fn begin(
    app: &App,
    actor: &Actor,
    id: Id<id::Subscription>,
) -> Answer<(WriteTransaction, Model, Date, Vec<RouteNews>)> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let mut row = store::get(&*write, actor.tenant, id).await?;
    let today = today(app, &*write, actor.tenant).await?;
    let news = run::bring_up_to(app, &write, &mut row, today).await?;
    Ok((write, row, today, news))
}

async fn carry_out(app: &App, write: &WriteTransaction, outcome: &Outcome) -> Answer<Vec<RouteNews>> {
    let row = &outcome.row;
    let whose = (Tenant(row.workspace_id), row.advertiser_id, row.id);
    let mut news = Vec::new();
    for fee in &outcome.fees {
        news.extend(fees::charge(app, write, whose, fee).await?);
    }
    Ok(news)
}

async fn finish(
    app: &App,
    actor: &Actor,
    write: WriteTransaction,
    (action, before, news): (&str, Option<Value>, Vec<RouteNews>),
    mut row: Model,
) -> Answer<Model> {
    row.updated_at = app.ambient.now();
    store::save(&*write, &row).await?;
    let change = Change { action, subject: row.id.to_string(), before, after: Some(told(&row)) };
    audit::record(&*write, &app.ambient, actor, change).await?;
    news::commit_routes(app, write, actor.tenant, &news).await?;
    Ok(row)
}

/// What the audit log keeps of it.
pub fn told(row: &Model) -> Value {
    json!({
        "advertiser_id": row.advertiser_id, "plan_id": row.plan_id, "price_minor": row.price_minor,
        "currency": row.currency, "period": row.period, "state": row.state, "next_on": row.next_on,
        "next_plan_id": row.next_plan_id, "ends": row.ends
    })
}
