//! Partners are paid by themselves: weekly, twice a month or monthly, a group by a rhythm of its own.
//!
//! A run makes a batch for each currency and method in which something is payable, without those whom the bank or service
//! would refuse. It is safe to repeat: what one run took is not payable any more.

pub mod rules;
mod run;

use kernel::{Id, Refusal, RefusalCode, Tenant, id};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, ModelTrait as _,
    QueryFilter as _, QueryOrder as _,
};
use serde_json::json;

pub use run::{RUN_SCHEDULES, run_due};

use super::entity::schedule::{Column, Entity, LastRun, Model, Rhythm};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    partners::model::Model as Partner,
    platform::{Answer, WriteTransaction, body::optional_text},
    workspaces,
};

const GROUP_CHARS_MAX: usize = 60;
/// Schedules of one workspace.
const SCHEDULES_MAX: usize = 100;

/// A schedule as people set it.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub partner_group: Option<String>,
    pub rhythm: Rhythm,
    pub day: i32,
    pub is_automatic: bool,
    pub is_paused: bool,
}

pub async fn all(conn: &impl ConnectionTrait, tenant: Tenant) -> Answer<Vec<Model>> {
    let query = Entity::find().filter(Column::WorkspaceId.eq(tenant.id())).order_by_asc(Column::Id);
    Ok(query.all(conn).await?)
}

async fn get(conn: &impl ConnectionTrait, tenant: Tenant, id: Id<id::PayoutSchedule>) -> Answer<Model> {
    let found = Entity::find_by_id(id).filter(Column::WorkspaceId.eq(tenant.id())).one(conn).await?;
    found.ok_or_else(|| Refusal::not_found("payout schedule").into())
}

/// The schedule by which a partner is paid, if there is one that runs.
pub fn of_partner<'a>(schedules: &'a [Model], partner: &Partner) -> Option<&'a Model> {
    let running = || schedules.iter().filter(|schedule| !schedule.is_paused);
    let own = partner.partner_group.as_ref();
    running()
        .find(|schedule| own.is_some() && schedule.partner_group.as_ref() == own)
        .or_else(|| running().find(|schedule| schedule.partner_group.is_none()))
}

/// Sets a schedule up.
pub async fn create(app: &App, actor: &Actor, wanted: Wanted) -> Answer<Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let known = all(&*write, actor.tenant).await?;
    if known.len() >= SCHEDULES_MAX {
        let message = format!("a workspace has at most {SCHEDULES_MAX} schedules");
        return Err(Refusal::new(RefusalCode::TooManyOfThem, message).into());
    }
    let blank = Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        partner_group: None,
        rhythm: wanted.rhythm,
        day: wanted.day,
        is_automatic: wanted.is_automatic,
        is_paused: wanted.is_paused,
        next_on: String::new(),
        last_run_at: None,
        last_run: LastRun::default(),
        created_by: actor.user,
        created_at: app.ambient.now(),
    };
    let row = changed(app, &write, blank, wanted, &known).await?;
    row.clone().into_active_model().insert(&*write).await?;
    remember(app, &write, actor, ("payout_schedule.created", &row), None).await?;
    write.commit().await?;
    Ok(row)
}

/// Changes a schedule; its next day is counted anew from today.
pub async fn change(app: &App, actor: &Actor, id: Id<id::PayoutSchedule>, wanted: Wanted) -> Answer<Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let before = get(&*write, actor.tenant, id).await?;
    let others: Vec<_> = all(&*write, actor.tenant).await?.into_iter().filter(|one| one.id != id).collect();
    // Whoever changed it last answers for what it makes.
    let blank = Model { created_by: actor.user, ..before.clone() };
    let row = changed(app, &write, blank, wanted, &others).await?;
    row.clone().into_active_model().reset_all().update(&*write).await?;
    remember(app, &write, actor, ("payout_schedule.changed", &row), Some(&before)).await?;
    write.commit().await?;
    Ok(row)
}

/// Takes a schedule away. Batches it made go their way.
pub async fn remove(app: &App, actor: &Actor, id: Id<id::PayoutSchedule>) -> Answer<()> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let row = get(&*write, actor.tenant, id).await?;
    remember(app, &write, actor, ("payout_schedule.removed", &row), Some(&row)).await?;
    row.delete(&*write).await?;
    write.commit().await?;
    Ok(())
}

async fn changed(app: &App, write: &WriteTransaction, row: Model, wanted: Wanted, others: &[Model]) -> Answer<Model> {
    rules::require_day(wanted.rhythm, wanted.day)?;
    let partner_group = optional_text("group", wanted.partner_group.as_deref(), GROUP_CHARS_MAX)?;
    if others.iter().any(|other| other.partner_group == partner_group) {
        let message = "this group has a schedule already; change that one";
        return Err(Refusal::new(RefusalCode::AlreadyExists, message).into());
    }
    let zone = workspaces::store::get(&**write, Tenant(row.workspace_id)).await?.zone()?;
    let today = app.ambient.now().local_day(&zone);
    Ok(Model {
        partner_group,
        rhythm: wanted.rhythm,
        day: wanted.day,
        is_automatic: wanted.is_automatic,
        is_paused: wanted.is_paused,
        next_on: rules::next_on(wanted.rhythm, wanted.day, today).to_string(),
        ..row
    })
}

async fn remember(
    app: &App,
    write: &WriteTransaction,
    actor: &Actor,
    (action, row): (&str, &Model),
    before: Option<&Model>,
) -> Answer<()> {
    let told = |row: &Model| {
        json!({
            "group": row.partner_group, "rhythm": row.rhythm, "day": row.day, "is_automatic": row.is_automatic,
            "is_paused": row.is_paused, "next_on": row.next_on
        })
    };
    let change = Change { action, subject: row.id.to_string(), before: before.map(told), after: Some(told(row)) };
    Ok(audit::record(&**write, &app.ambient, actor, change).await?)
}
