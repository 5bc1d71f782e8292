//! What people do with an alert: take it on, put it off, say what was done.

use kernel::{Id, Refusal, RefusalCode, Timestamp, id, time::DAY_MS};
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    entity::alert::{AlertState, Model},
    letters, store,
};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    platform::{Answer, body::long_text},
};

const DONE_CHARS_MAX: usize = 2_000;
const SNOOZE_DAYS_MAX: i64 = 90;

/// What is done with an open alert.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = AlertHandling, example = json!({"kind": "resolve", "done": "Paused source 4417 and asked the partner"}))]
pub enum Handling {
    /// Somebody of the staff takes it on; nobody where absent.
    Assign { user_id: Option<Id<id::User>> },
    /// It is put off; if it is still there then, people are told again. At once where absent.
    Snooze { until: Option<Timestamp> },
    /// It is done with.
    Resolve { done: String },
}

/// Carries it out on one open alert.
pub async fn handle(app: &App, actor: &Actor, id: Id<id::Alert>, wanted: &Handling) -> Answer<Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let mut row = store::alert(&*write, actor.tenant, id).await?;
    if row.state != AlertState::Open {
        return Err(Refusal::new(RefusalCode::AlreadyDecided, "this alert is not open any more").into());
    }
    let before = Some(told(&row));
    let now = app.ambient.now();
    let action = match wanted {
        Handling::Assign { user_id } => {
            let staff = letters::staff(&*write, actor.tenant).await?;
            if user_id.is_some_and(|user| !staff.iter().any(|member| member.user_id == user)) {
                return Err(Refusal::field("user_id", "must be somebody of this workspace").into());
            }
            row.assigned_to = *user_id;
            "alert.assigned"
        }
        Handling::Snooze { until } => {
            row.snoozed_until = until.map(|until| snoozable(until, now)).transpose()?;
            "alert.snoozed"
        }
        Handling::Resolve { done } => {
            row.done = Some(long_text("done", done, DONE_CHARS_MAX)?);
            (row.state, row.ended_at, row.ended_by) = (AlertState::Resolved, Some(now), Some(actor.user));
            "alert.resolved"
        }
    };
    row.clone().into_active_model().reset_all().update(&*write).await?;
    let change = Change { action, subject: id.to_string(), before, after: Some(told(&row)) };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(row)
}

fn snoozable(until: Timestamp, now: Timestamp) -> Result<Timestamp, Refusal> {
    let ahead = until.millis() - now.millis();
    if (1..=SNOOZE_DAYS_MAX * DAY_MS).contains(&ahead) {
        return Ok(until);
    }
    Err(Refusal::field("until", format!("must lie ahead, at most {SNOOZE_DAYS_MAX} days")))
}

fn told(row: &Model) -> Value {
    json!({
        "state": row.state, "assigned_to": row.assigned_to, "snoozed_until": row.snoozed_until, "done": row.done,
        "rule_id": row.rule_id, "subject": row.subject
    })
}
