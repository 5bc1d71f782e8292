//! From what happened in a workspace to deliveries of its webhooks: partners, enrollments, payouts, offers and caps.
//!
//! The audit log and the counters of caps tell it, read behind a cursor. Transactions may commit in another order than
//! their rows were made in, so each turn reads again what the last minute held; a delivery exists once per setting and
//! cause, so that nothing is told twice.

use std::{
    cmp::{max, min},
    collections::{HashMap, HashSet},
};

use kernel::{Id, Timestamp, id, time::MINUTE_MS};
use sea_orm::{ExprTrait as _, IntoActiveModel as _, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde_json::{Value, json};

use super::{
    entity::{delivery, postback},
    model::{PostbackEvent, PostbackState},
    plan, rules,
    told::Told,
};
use crate::{
    App,
    caps::entity::{cap, counter},
    platform::{audit_trail, bulk::insert_all, outbox},
};

const CONSUMER: &str = "happenings";
/// Rows looked at in one turn.
const ROWS_MAX: u64 = 500;
/// Webhooks of the whole installation that want happenings.
const WEBHOOKS_MAX: u64 = 10_000;
/// No transaction is open for longer.
const OVERLAP_MS: i64 = MINUTE_MS;
/// How often the cursor is moved on where nothing happened.
const EMPTY_MS: i64 = 10 * MINUTE_MS;

/// Something that happened.
struct Happening {
    event: PostbackEvent,
    /// By which it is known again.
    cause: String,
    workspace: Id<id::Workspace>,
    at: Timestamp,
    offer: Option<Id<id::Offer>>,
    data: Value,
}

/// One turn; says how many happenings it told.
pub(super) async fn turn(app: &App) -> anyhow::Result<usize> {
    let settings = settings(app).await?;
    if settings.is_empty() {
        return Ok(0);
    }
    let cursor = outbox::read_to(app.records.read(), CONSUMER).await?;
    let (happened, until) = happened(app, &settings, cursor).await?;
    let rows = untold(app, wanted(app, &settings, &happened)).await?;
    let now = app.ambient.now().millis();
    if rows.is_empty() && max(until, now - OVERLAP_MS) - cursor < EMPTY_MS {
        return Ok(0);
    }
    let count = rows.len();
    pass(app, (cursor, max(until, cursor + 1)), rows).await?;
    Ok(count)
}

async fn settings(app: &App) -> anyhow::Result<Vec<postback::Model>> {
    let live = [PostbackState::Active, PostbackState::Failing];
    let wants = postback::Column::WantsHappenings.eq(true).and(postback::Column::State.is_in(live));
    Ok(postback::Entity::find().filter(wants).limit(WEBHOOKS_MAX).all(app.records.read()).await?)
}

/// What happened behind the cursor, and how far everything has been read: where a page is full, to its last row.
async fn happened(app: &App, settings: &[postback::Model], cursor: i64) -> anyhow::Result<(Vec<Happening>, i64)> {
    // Nobody hears of what happened before the first of them was set up.
    let oldest = settings.iter().map(|setting| setting.created_at.millis()).min().unwrap_or_default();
    let from = Timestamp::from_millis(max(cursor - OVERLAP_MS, oldest - 1));
    let workspaces: HashSet<_> = settings.iter().map(|setting| setting.workspace_id).collect();
    let (mut all, audited_to) = audited(app, &workspaces, from).await?;
    let (caps, reached_to) = reached(app, &workspaces, from).await?;
    all.extend(caps);
    let now = app.ambient.now().millis();
    // What stands in a full page is not read again.
    let until = [audited_to, reached_to].into_iter().flatten().map(|at| at.millis() + OVERLAP_MS).min();
    Ok((all, until.map_or(now, |until| min(until, now + OVERLAP_MS))))
}

type Read = (Vec<Happening>, Option<Timestamp>);

async fn audited(app: &App, workspaces: &HashSet<Id<id::Workspace>>, from: Timestamp) -> anyhow::Result<Read> {
    use audit_trail::Column;
    let first: Id<id::AuditRow> = Id::from_parts(from, 0);
    let rows = audit_trail::Entity::find()
        .filter(Column::Id.gt(first).and(Column::Action.is_in(rules::ACTIONS_TOLD)))
        .filter(Column::WorkspaceId.is_in(workspaces.iter().copied()))
        .order_by_asc(Column::Id)
        .limit(ROWS_MAX)
        .all(app.records.read())
        .await?;
    let full = rows.last().filter(|_| rows.len() as u64 == ROWS_MAX).map(|row| row.at);
    Ok((rows.into_iter().filter_map(of_audit).collect(), full))
}

fn of_audit(row: audit_trail::Model) -> Option<Happening> {
    let event = rules::happening(&row.action, row.before.as_ref(), row.after.as_ref())?;
    let noun = row.action.split('.').next().unwrap_or_default();
    let offer = match noun {
        "offer" => row.subject.parse().ok(),
        _ => row.after.as_ref().and_then(|after| after["offer_id"].as_str()?.parse().ok()),
    };
    let mut data = json!({"change": row.action, "user_id": row.user_id, "before": row.before, "after": row.after});
    data[format!("{noun}_id")] = json!(row.subject);
    Some(Happening { event, cause: row.id.to_string(), workspace: row.workspace_id, at: row.at, offer, data })
}

async fn reached(app: &App, workspaces: &HashSet<Id<id::Workspace>>, from: Timestamp) -> anyhow::Result<Read> {
    let records = app.records.read();
    let rows = counter::Entity::find()
        .filter(counter::Column::ReachedAt.gt(from))
        .filter(counter::Column::WorkspaceId.is_in(workspaces.iter().copied()))
        .order_by_asc(counter::Column::ReachedAt)
        .limit(ROWS_MAX)
        .all(records)
        .await?;
    let full = rows.last().filter(|_| rows.len() as u64 == ROWS_MAX).and_then(|row| row.reached_at);
    let ids: HashSet<_> = rows.iter().map(|row| row.cap_id).collect();
    let caps = cap::Entity::find().filter(cap::Column::Id.is_in(ids)).all(records).await?;
    let caps: HashMap<_, _> = caps.into_iter().map(|cap| (cap.id, cap)).collect();
    let all = rows.iter().filter_map(|row| of_cap(row, caps.get(&row.cap_id)?));
    Ok((all.collect(), full))
}

fn of_cap(row: &counter::Model, cap: &cap::Model) -> Option<Happening> {
    let data = json!({
        "cap_id": cap.id, "metric": cap.metric, "period": cap.period, "scope": cap.scope, "kind": cap.kind,
        "advertiser_id": cap.advertiser_id, "offer_id": cap.offer_id, "goal_id": cap.goal_id,
        "partner_id": cap.partner_id, "source_id": cap.source_id, "limit": cap.limit_count,
        "currency": cap.currency, "used": row.used, "on_reach": cap.on_reach, "period_start": row.period_start
    });
    Some(Happening {
        event: PostbackEvent::CapReached,
        cause: row.id.to_string(),
        workspace: row.workspace_id,
        at: row.reached_at?,
        offer: cap.offer_id,
        data,
    })
}

fn wanted(app: &App, settings: &[postback::Model], happened: &[Happening]) -> Vec<delivery::Model> {
    let wants = |setting: &postback::Model, one: &Happening| {
        let of_offer = setting.offer_id.is_none_or(|offer| one.offer == Some(offer));
        let is_asked = rules::rule_for(&setting.events.0, one.event, None).is_some();
        setting.workspace_id == one.workspace && of_offer && is_asked && one.at >= setting.created_at
    };
    let of_setting = |setting| {
        let wanted = happened.iter().filter(move |one| wants(setting, one));
        wanted.map(move |one| delivery(app, setting, one))
    };
    settings.iter().flat_map(of_setting).collect()
}

fn delivery(app: &App, setting: &postback::Model, one: &Happening) -> delivery::Model {
    let told = Told::of_workspace(one.event, one.at, one.data.clone());
    let mut delivery = plan::blank(app, setting, &told);
    delivery.cause = Some(one.cause.clone());
    delivery.state = plan::first_state(setting);
    delivery
}

/// Those that do not exist yet.
async fn untold(app: &App, rows: Vec<delivery::Model>) -> anyhow::Result<Vec<delivery::Model>> {
    if rows.is_empty() {
        return Ok(rows);
    }
    let causes: HashSet<_> = rows.iter().filter_map(|row| row.cause.clone()).collect();
    let settings: HashSet<_> = rows.iter().map(|row| row.postback_id).collect();
    let of_them = delivery::Column::Cause.is_in(causes).and(delivery::Column::PostbackId.is_in(settings));
    let known = delivery::Entity::find().filter(of_them).all(app.records.read()).await?;
    let known: HashSet<_> = known.into_iter().map(|row| (row.postback_id, row.cause)).collect();
    Ok(rows.into_iter().filter(|row| !known.contains(&(row.postback_id, row.cause.clone()))).collect())
}

/// Writes the deliveries and moves the cursor on, unless another process has done both.
async fn pass(app: &App, (from, to): (i64, i64), rows: Vec<delivery::Model>) -> anyhow::Result<()> {
    let write = app.records.begin().await?;
    if outbox::move_on(&*write, CONSUMER, from, to).await? {
        insert_all(&*write, rows.into_iter().map(delivery::Model::into_active_model)).await?;
        write.commit().await?;
    }
    Ok(())
}

/// What a test tells.
pub(super) fn sample(event: PostbackEvent) -> Value {
    let id = |prefix: &str| format!("{prefix}_{}", "0".repeat(26));
    let changed = |change: &str, named: &str, id: String| json!({"change": change, named: id, "user_id": null, "before": null, "after": null});
    match event {
        PostbackEvent::PartnerCreated => changed("partner.created", "partner_id", id("prt")),
        PostbackEvent::PartnerApproved => changed("partner.updated", "partner_id", id("prt")),
        PostbackEvent::EnrollmentRequested => changed("enrollment.created", "enrollment_id", id("enr")),
        PostbackEvent::EnrollmentApproved | PostbackEvent::EnrollmentRejected => {
            changed("enrollment.updated", "enrollment_id", id("enr"))
        }
        PostbackEvent::PayoutPaid => changed("payout.paid", "payout_id", id("pyt")),
        PostbackEvent::PayoutFailed => changed("payout.failed", "payout_id", id("pyt")),
        PostbackEvent::OfferChanged => changed("offer.updated", "offer_id", id("ofr")),
        PostbackEvent::AlertOpened => {
            let after = json!({
                "rule_id": id("alr"), "rule": "Approval is falling", "built_in": "approval_falling", "subject": id("ofr"),
                "seen": 500_000, "metric": "settled_approval", "usual_from": 640_000, "usual_to": null, "before": 800_000,
                "currency": null
            });
            json!({"change": "alert.opened", "alert_id": id("alt"), "user_id": null, "before": null, "after": after})
        }
        _ => json!({
            "cap_id": id("cap"), "metric": "conversions", "period": "day", "limit": 100, "used": 100,
            "offer_id": id("ofr"), "partner_id": null
        }),
    }
}
