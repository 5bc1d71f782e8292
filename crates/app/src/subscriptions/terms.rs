//! When a workspace reminds of what is overdue, and when it pauses.

use kernel::Tenant;
use sea_orm::{ConnectionTrait, EntityTrait as _, IntoActiveModel as _};
use serde_json::json;

use super::{
    entity::{
        Days,
        terms::{Entity, Model},
    },
    rules,
};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    platform::Answer,
};

const REMINDER_DAYS: [i32; 3] = [3, 7, 14];
const PAUSE_DAYS: i32 = 21;

/// When to remind and when to pause, in days after an invoice was due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminders {
    pub reminder_days: Days,
    pub pause_days: i32,
}

/// The workspace's own, or the usual.
pub async fn of_workspace(conn: &impl ConnectionTrait, tenant: Tenant) -> Answer<Reminders> {
    let found = Entity::find_by_id(tenant.id()).one(conn).await?;
    let usual = || Reminders { reminder_days: Days(REMINDER_DAYS.to_vec()), pause_days: PAUSE_DAYS };
    Ok(found.map_or_else(usual, |row| Reminders { reminder_days: row.reminder_days, pause_days: row.pause_days }))
}

/// Sets them for what is sent from now on.
pub async fn set(app: &App, actor: &Actor, wanted: &Reminders) -> Answer<()> {
    rules::require_reminders(&wanted.reminder_days.0, wanted.pause_days)?;
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let told = |it: &Reminders| Some(json!({"reminder_days": it.reminder_days, "pause_days": it.pause_days}));
    let before = told(&of_workspace(&*write, actor.tenant).await?);
    let row = Model {
        workspace_id: actor.tenant.id(),
        reminder_days: wanted.reminder_days.clone(),
        pause_days: wanted.pause_days,
        changed_by: actor.user,
        changed_at: app.ambient.now(),
    };
    Entity::delete_by_id(actor.tenant.id()).exec(&*write).await?;
    Entity::insert(row.into_active_model()).exec_without_returning(&*write).await?;
    let subject = actor.tenant.id().to_string();
    let change = Change { action: "subscription_reminders.set", subject, before, after: told(wanted) };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(())
}
