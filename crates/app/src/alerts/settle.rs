//! Keeps what a look found: opens, goes on, ends.

use kernel::{Currency, Tenant, Timestamp};
use sea_orm::{ColumnTrait as _, IntoActiveModel, QueryFilter as _};
use serde_json::json;

use super::{
    entity::{
        alert::{self, AlertState},
        rule,
    },
    letters,
    rules::{self, Judged},
    store,
};
use crate::{
    App,
    platform::{
        Answer,
        audit_trail::{self, Author, Change},
        bulk::{insert_all, replace_all},
    },
};

/// What a look found, all of it.
pub struct Look {
    pub found: Vec<Judged>,
    pub currency: Option<Currency>,
    pub from: Timestamp,
    pub to: Timestamp,
}

/// Keeps it in one transaction, and tells people of what is new. A rule that was changed or switched off meanwhile is left as
/// it is.
pub async fn settle(app: &App, rule: &rule::Model, look: &Look) -> Answer<()> {
    let (tenant, now) = (Tenant(rule.workspace_id), app.ambient.now());
    let write = app.records.begin().await?;
    write.lock_workspace(tenant).await?;
    let mut kept = store::rule(&*write, tenant, rule.id).await?;
    if kept.watch != rule.watch || !kept.is_on {
        return Ok(());
    }
    let standing = store::alerts_of(tenant)
        .filter(alert::Column::RuleId.eq(rule.id))
        .filter(alert::Column::Standing.is_not_null())
        .all(&*write)
        .await?;
    let steps = steps(app, rule, look, standing, now);
    for row in &steps.opened {
        audit_trail::record(&*write, &app.ambient, Author { tenant, user: None }, opened(rule, row)).await?;
    }
    insert_all(&*write, steps.opened.iter().cloned().map(IntoActiveModel::into_active_model)).await?;
    replace_all(&*write, steps.changed.into_iter().map(IntoActiveModel::into_active_model), alert::Column::Id).await?;
    let told: Vec<_> = steps.opened.iter().chain(&steps.told_again).collect();
    letters::tell(app, &*write, rule, &told).await?;
    (kept.looked_to, kept.problem) = (Some(look.to), None);
    replace_all(&*write, [kept.into_active_model()], rule::Column::Id).await?;
    write.commit().await?;
    Ok(())
}

#[derive(Default)]
struct Steps {
    opened: Vec<alert::Model>,
    changed: Vec<alert::Model>,
    /// Among the changed.
    told_again: Vec<alert::Model>,
}

fn steps(app: &App, rule: &rule::Model, look: &Look, standing: Vec<alert::Model>, now: Timestamp) -> Steps {
    let mut steps = Steps::default();
    for judged in &look.found {
        if !standing.iter().any(|row| row.subject == judged.subject) {
            steps.opened.push(new(app, rule, look, judged, now));
        }
    }
    for mut row in standing {
        match look.found.iter().find(|judged| judged.subject == row.subject) {
            Some(judged) => {
                seen_again(&mut row, look, judged, now);
                if row.state == AlertState::Open && rules::is_due_again(row.snoozed_until, row.told_at, now) {
                    row.told_at = now;
                    steps.told_again.push(row.clone());
                }
            }
            None if rules::is_gone(row.last_seen_at, now, rule.watch.is_some()) => end(&mut row, now),
            None => continue,
        }
        steps.changed.push(row);
    }
    steps
}

fn new(app: &App, rule: &rule::Model, look: &Look, judged: &Judged, now: Timestamp) -> alert::Model {
    alert::Model {
        id: app.ambient.new_id(),
        workspace_id: rule.workspace_id,
        rule_id: rule.id,
        subject: judged.subject.clone(),
        standing: Some(format!("{}:{}", rule.id, judged.subject)),
        state: AlertState::Open,
        seen: judged.seen,
        usual_from: judged.usual_from,
        usual_to: judged.usual_to,
        before: judged.before,
        currency: look.currency.map(|currency| currency.to_string()),
        window_from: look.from,
        window_to: look.to,
        opened_at: now,
        last_seen_at: now,
        told_at: now,
        snoozed_until: None,
        assigned_to: None,
        ended_at: None,
        ended_by: None,
        done: None,
    }
}

fn seen_again(row: &mut alert::Model, look: &Look, judged: &Judged, now: Timestamp) {
    row.last_seen_at = now;
    if row.state == AlertState::Open {
        (row.seen, row.before) = (judged.seen, judged.before);
        (row.usual_from, row.usual_to) = (judged.usual_from, judged.usual_to);
        (row.window_from, row.window_to) = (look.from, look.to);
    }
}

/// It is found no more, or nobody looks for it any more.
pub fn end(row: &mut alert::Model, now: Timestamp) {
    row.standing = None;
    if row.state == AlertState::Open {
        (row.state, row.ended_at) = (AlertState::Recovered, Some(now));
    }
}

/// Read by webhooks too.
fn opened(rule: &rule::Model, row: &alert::Model) -> Change<'static> {
    let after = json!({
        "rule_id": rule.id, "rule": rule.name, "built_in": rule.built_in, "subject": row.subject, "seen": row.seen,
        "metric": rule.watch.as_ref().map(|watch| &watch.metric), "usual_from": row.usual_from,
        "usual_to": row.usual_to, "before": row.before, "currency": row.currency
    });
    Change { action: "alert.opened", subject: row.id.to_string(), before: None, after: Some(after) }
}
