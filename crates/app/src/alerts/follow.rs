//! The job that looks on behalf of every rule.

use anyhow::Context as _;
use kernel::{Id, Tenant, Timestamp, id, time::HOUR_MS};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _,
};

use super::{
    entity::rule,
    look,
    settle::{self, Look},
    states, store,
};
use crate::{
    App,
    platform::{
        Answer, Problem,
        jobs::{self, Model as Job},
    },
    reports,
    workspaces::{
        self,
        model::{self as workspace, Model as Workspace},
    },
};

pub const FOLLOW_ALERTS: &str = "follow_alerts";
pub const LOOK_AT_RULE: &str = "look_at_alert_rule";

/// Looks on behalf of each rule whose hour is over. One that fails keeps no other from being looked after; the first
/// failure is the job's.
pub async fn run(app: &App) -> anyhow::Result<()> {
    let mut failure = None;
    for workspace in workspace::Entity::find().all(app.records.read()).await? {
        store::bring_built_in(app, Tenant(workspace.id)).await?;
        let rules = store::rules_of(Tenant(workspace.id)).filter(rule::Column::IsOn.eq(true));
        for rule in rules.all(app.records.read()).await? {
            if let Err(problem) = look_after(app, &workspace, &rule).await {
                failure = failure.or(note(app, rule, problem).await?);
            }
        }
    }
    failure.map_or(Ok(()), Err)
}

/// Puts a look on the list, in the transaction that writes or changes a rule: whoever wrote it need not wait.
pub async fn enqueue(app: &App, conn: &impl ConnectionTrait, rule: &rule::Model) -> Result<(), DbErr> {
    let payload = serde_json::to_value(rule.id).expect("plain data");
    let now = app.ambient.now();
    jobs::enqueue(conn, &app.ambient, Some(rule.workspace_id), LOOK_AT_RULE, payload, now).await.map(drop)
}

/// The job that looks on behalf of one rule, which may have been switched off since.
pub async fn look_at(app: &App, job: &Job) -> anyhow::Result<()> {
    let id: Id<id::AlertRule> = serde_json::from_value(job.payload.clone()).context("read the id of an alert rule")?;
    let tenant = Tenant(job.workspace_id.context("a rule belongs to a workspace")?);
    let on = store::rules_of(tenant).filter(rule::Column::Id.eq(id)).filter(rule::Column::IsOn.eq(true));
    let Some(rule) = on.one(app.records.read()).await? else { return Ok(()) };
    let workspace = workspaces::store::get(app.records.read(), tenant).await?;
    match look_after(app, &workspace, &rule).await {
        Ok(()) => Ok(()),
        Err(problem) => note(app, rule, problem).await?.map_or(Ok(()), Err),
    }
}

async fn look_after(app: &App, workspace: &Workspace, rule: &rule::Model) -> Answer<()> {
    let (tenant, now) = (Tenant(workspace.id), app.ambient.now());
    let Some(watch) = &rule.watch else {
        let Some(what) = rule.built_in else { return Ok(()) };
        let found = states::found(app, tenant, what, now).await?;
        return settle::settle(app, rule, &Look { found, currency: None, from: now, to: now }).await;
    };
    let to = whole_hour(app.shipper.fresh_to());
    if rule.looked_to.is_some_and(|looked_to| looked_to >= to) {
        return Ok(());
    }
    let looked = look::look(app, &reports::asker_of_workspace(workspace)?, watch, to).await?;
    let found = looked.judged.into_iter().filter(|judged| judged.is_found).collect();
    let look = Look { found, currency: looked.currency, from: looked.from, to: looked.to };
    settle::settle(app, rule, &look).await
}

/// The end of the last hour that is known whole.
pub fn whole_hour(fresh_to: Timestamp) -> Timestamp {
    Timestamp::from_millis(fresh_to.millis().div_euclid(HOUR_MS) * HOUR_MS)
}

/// Keeps why a rule cannot be asked. A fault of the world is the job's, and the rule is looked after at its next turn.
async fn note(app: &App, rule: rule::Model, problem: Problem) -> anyhow::Result<Option<anyhow::Error>> {
    let refusal = match problem {
        Problem::Refusal(refusal) => refusal,
        Problem::Fault(fault) => return Ok(Some(fault.context(format!("look after the alert rule {}", rule.id)))),
    };
    let words = refusal.to_string();
    if rule.problem.as_deref() != Some(words.as_str()) {
        let row = rule::ActiveModel { problem: sea_orm::ActiveValue::Set(Some(words)), ..rule.into_active_model() };
        let write = app.records.begin().await?;
        row.update(&*write).await?;
        write.commit().await?;
    }
    Ok(None)
}
