//! Writes down what came of tries: the log, when the next one is due, and how the setting fares.

use std::collections::HashMap;

use kernel::{Id, Timestamp, id};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, ExprTrait as _, IntoActiveModel as _, entity::prelude::*, sea_query::Expr,
};

use super::{
    compose::Tried,
    entity::{delivery, delivery_try, postback},
    model::{DeliveryState, PostbackKind, PostbackState},
    notice, redaction, rules,
};
use crate::{App, platform::bulk::insert_all};

/// A delivery that was in hand.
pub(super) struct Finished {
    pub row: delivery::Model,
    /// Nothing where the setting is gone or its keys cannot be opened.
    pub tried: Option<Tried>,
}

/// Writes a group of them in one transaction.
pub(super) async fn write(app: &App, finished: &[Finished]) -> anyhow::Result<()> {
    if finished.is_empty() {
        return Ok(());
    }
    let now = app.ambient.now();
    let write = app.records.begin().await?;
    let tries =
        finished.iter().filter_map(|one| Some(log_row(app, one.row.id, one.row.workspace_id, one.tried.as_ref()?)));
    insert_all(&*write, tries.map(delivery_try::Model::into_active_model)).await?;
    let mut fared: HashMap<Id<id::Postback>, Fared> = HashMap::new();
    for one in finished {
        after_try(app, one, now).update(&*write).await?;
        if let Some(tried) = &one.tried {
            fared.entry(one.row.postback_id).or_default().add(tried, one.row.kind);
        }
    }
    for (setting, fared) in fared {
        keep_health(app, &*write, setting, &fared, now).await?;
    }
    write.commit().await?;
    Ok(())
}

/// A try as the log shows it.
pub(super) fn log_row(
    app: &App,
    delivery: Id<id::Delivery>,
    workspace: Id<id::Workspace>,
    tried: &Tried,
) -> delivery_try::Model {
    let reply = tried.outcome.result.as_ref().ok();
    delivery_try::Model {
        id: app.ambient.new_id(),
        workspace_id: workspace,
        delivery_id: delivery,
        at: app.ambient.now(),
        method: tried.ask.method.word().to_owned(),
        url: redaction::url(&tried.ask.url),
        body: redaction::body(&tried.ask, &tried.secrets),
        status: reply.map(|reply| i32::from(reply.status)),
        error: tried.error.as_deref().map(|error| redaction::answer(error, &tried.secrets)),
        took_ms: i32::try_from(tried.outcome.took_ms).unwrap_or(i32::MAX),
        answer: reply.map(|reply| redaction::answer(&reply.body, &tried.secrets)).unwrap_or_default(),
    }
}

/// The delivery after a try.
fn after_try(app: &App, one: &Finished, now: Timestamp) -> delivery::ActiveModel {
    let attempts = one.row.attempts + 1;
    let mut row = delivery::ActiveModel { id: Set(one.row.id), lease_until: Set(None), ..Default::default() };
    let Some(tried) = &one.tried else {
        (row.state, row.done_at) = (Set(DeliveryState::Failed), Set(Some(now)));
        row.last_error = Set(Some("ended".to_owned()));
        return row;
    };
    let reply = tried.outcome.result.as_ref().ok();
    row.attempts = Set(attempts);
    row.last_status = Set(reply.map(|reply| i32::from(reply.status)));
    row.last_error = Set(tried.error.as_deref().map(|error| redaction::answer(error, &tried.secrets)));
    if tried.error.is_none() {
        (row.state, row.done_at) = (Set(DeliveryState::Delivered), Set(Some(now)));
        return row;
    }
    let chance = u64::from_be_bytes(app.ambient.random_bytes());
    match rules::next_try(now, attempts, chance, reply.and_then(|reply| reply.retry_after_s)) {
        Some(due_at) => row.due_at = Set(due_at),
        None => (row.state, row.done_at) = (Set(DeliveryState::Failed), Set(Some(now))),
    }
    row
}

/// What a group of tries says about a setting.
#[derive(Default)]
struct Fared {
    failures: i32,
    is_well: bool,
    is_gone: bool,
}

impl Fared {
    fn add(&mut self, tried: &Tried, kind: PostbackKind) {
        let status = tried.outcome.result.as_ref().map(|reply| reply.status).ok();
        match &tried.error {
            None => self.is_well = true,
            Some(_) => self.failures += 1,
        }
        self.is_gone |= kind == PostbackKind::Webhook && rules::is_gone(status);
    }
}

async fn keep_health(
    app: &App,
    conn: &impl ConnectionTrait,
    setting: Id<id::Postback>,
    fared: &Fared,
    now: Timestamp,
) -> anyhow::Result<()> {
    use postback::Column;
    let update = postback::Entity::update_many().filter(Column::Id.eq(setting));
    if fared.is_well && !fared.is_gone {
        let well = postback::ActiveModel {
            failures: Set(0),
            failing_since: Set(None),
            delivered_at: Set(Some(now)),
            ..Default::default()
        };
        update.set(well).exec(conn).await?;
        return Ok(());
    }
    update.col_expr(Column::Failures, Expr::col(Column::Failures).add(fared.failures)).exec(conn).await?;
    let begun = postback::ActiveModel { failing_since: Set(Some(now)), ..Default::default() };
    postback::Entity::update_many()
        .set(begun)
        .filter(Column::Id.eq(setting).and(Column::FailingSince.is_null()))
        .exec(conn)
        .await?;
    let Some(row) = postback::Entity::find_by_id(setting).one(conn).await? else { return Ok(()) };
    let is_active = row.state == PostbackState::Active;
    if is_active && rules::is_to_pause(row.failures, row.failing_since, now, fared.is_gone) {
        pause(app, conn, &row).await?;
    }
    Ok(())
}

/// Pauses a setting by itself: what waits is held, and people are told.
async fn pause(app: &App, conn: &impl ConnectionTrait, row: &postback::Model) -> anyhow::Result<()> {
    let failing = postback::ActiveModel { state: Set(PostbackState::Failing), ..Default::default() };
    postback::Entity::update_many().set(failing).filter(postback::Column::Id.eq(row.id)).exec(conn).await?;
    hold_waiting(conn, row.id).await?;
    notice::enqueue(conn, app, row).await?;
    Ok(())
}

/// Holds what waits of a setting that is paused.
pub(super) async fn hold_waiting(conn: &impl ConnectionTrait, setting: Id<id::Postback>) -> Result<(), DbErr> {
    let held = delivery::ActiveModel { state: Set(DeliveryState::Held), ..Default::default() };
    let waiting = delivery::Column::PostbackId.eq(setting).and(delivery::Column::State.eq(DeliveryState::Waiting));
    delivery::Entity::update_many().set(held).filter(waiting).exec(conn).await.map(drop)
}
