//! The job that makes ours what theirs is: each conversion by its own door, so that the book posts balanced entries.

use anyhow::Context as _;
use kernel::{Id, Refusal, RefusalCode, Tenant, id};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde_json::json;

use super::{
    entity::{
        line::{self, Column, Entity},
        reconciliation,
    },
    make,
    model::{AmountOf, LineDecision, ReconciliationState},
    rules,
};
use crate::{
    App,
    conversions::{
        Action, Mover, counts,
        model::ActorKind,
        moves::{self, Order, Worksheet},
        rules::price::{Price, SidePrice},
    },
    platform::{
        Problem,
        jobs::{self, Model as Job},
    },
};

pub const TAKE_THEIRS: &str = "take_theirs";
/// Lines of one transaction.
const CHUNK: u64 = 100;
/// What is carried out.
const CARRIED_OUT: [LineDecision; 2] = [LineDecision::TakeTheirs, LineDecision::MakeConversion];

/// Puts the job on the list, in the caller's transaction.
pub async fn enqueue(conn: &impl ConnectionTrait, app: &App, of: &reconciliation::Model) -> Result<(), sea_orm::DbErr> {
    let payload = json!({"reconciliation_id": of.id});
    let now = app.ambient.now();
    jobs::enqueue(conn, &app.ambient, Some(of.workspace_id), TAKE_THEIRS, payload, now).await.map(drop)
}

/// Takes all that is decided. What a crash interrupted goes on with the lines that were not committed.
pub async fn run(app: &App, job: &Job) -> anyhow::Result<()> {
    let id: Id<id::Reconciliation> =
        serde_json::from_value(job.payload["reconciliation_id"].clone()).context("the id of a reconciliation")?;
    let of = reconciliation::Entity::find_by_id(id).one(app.records.read()).await?;
    let Some(of) = of.filter(|of| of.state == ReconciliationState::Open) else { return Ok(()) };
    make::all(app, &of).await?;
    loop {
        let ids = waiting(app.records.read(), &of).await?;
        if ids.is_empty() {
            return Ok(());
        }
        if chunk(app, &of, &ids).await?.is_ok() {
            continue;
        }
        for id in ids {
            if let Err(refusal) = chunk(app, &of, &[id]).await? {
                refuse(app, &of, id, &refusal).await?;
            }
        }
    }
}

async fn waiting(
    conn: &impl ConnectionTrait,
    of: &reconciliation::Model,
) -> anyhow::Result<Vec<Id<id::ReconciliationLine>>> {
    let query = Entity::find().select_only().column(Column::Id);
    let query = query
        .filter(Column::WorkspaceId.eq(of.workspace_id))
        .filter(Column::ReconciliationId.eq(of.id))
        .filter(Column::Decision.is_in(CARRIED_OUT))
        .filter(Column::ConversionId.is_not_null())
        .filter(Column::AppliedAt.is_null());
    Ok(query.order_by_asc(Column::Id).limit(CHUNK).into_tuple().all(conn).await?)
}

/// All of these lines, or none of them and why.
async fn chunk(
    app: &App,
    of: &reconciliation::Model,
    ids: &[Id<id::ReconciliationLine>],
) -> anyhow::Result<Result<(), Refusal>> {
    let tenant = Tenant(of.workspace_id);
    let write = app.records.begin().await?;
    write.lock_workspace(tenant).await?;
    // Another node may have taken some of them meanwhile.
    let those = Column::WorkspaceId.eq(of.workspace_id).and(Column::Id.is_in(ids.iter().copied()));
    let still = Column::Decision.is_in(CARRIED_OUT).and(Column::AppliedAt.is_null());
    let lines = Entity::find().filter(those).filter(still).order_by_asc(Column::Id).all(&*write).await?;
    let conversions: Vec<_> = lines.iter().filter_map(|line| line.conversion_id).collect();
    let mut sheet = moves::open(&*write, tenant, &app.ambient).await?;
    moves::load_conversions(&*write, &mut sheet, &conversions).await?;
    moves::load_facts(&*write, &mut sheet, &conversions).await?;
    for line in &lines {
        if let Err(refusal) = take(&mut sheet, of, line) {
            return Ok(Err(refusal));
        }
    }
    let flips = sheet.caps.changes_routes();
    if let Err(error) = sheet.write(&*write).await {
        return conflict(error).map(Err);
    }
    let applied = line::ActiveModel { applied_at: Set(Some(app.ambient.now())), ..Default::default() };
    let taken = Column::WorkspaceId.eq(of.workspace_id).and(Column::Id.is_in(lines.iter().map(|line| line.id)));
    Entity::update_many().set(applied).filter(taken).exec(&*write).await?;
    write.commit().await?;
    if flips {
        app.catch_up_routes().await?;
    }
    app.shipper.wake();
    Ok(Ok(()))
}

/// An order that belongs to another conversion by now is a refusal; all else is a fault.
fn conflict(error: anyhow::Error) -> anyhow::Result<Refusal> {
    let taken = error.downcast_ref::<sea_orm::DbErr>().and_then(sea_orm::DbErr::sql_err);
    match taken {
        Some(sea_orm::SqlErr::UniqueConstraintViolation(_)) => {
            let message = "its order, or its click and goal, belong to another conversion by now";
            Ok(Refusal::new(RefusalCode::AlreadyExists, message))
        }
        _ => Err(error),
    }
}

/// Leaves a line to people, with the reason.
pub async fn refuse(
    app: &App,
    of: &reconciliation::Model,
    id: Id<id::ReconciliationLine>,
    refusal: &Refusal,
) -> anyhow::Result<()> {
    let write = app.records.begin().await?;
    write.lock_workspace(Tenant(of.workspace_id)).await?;
    let line = Entity::find_by_id(id).filter(Column::WorkspaceId.eq(of.workspace_id)).one(&*write).await?;
    let waits = |line: &line::Model| line.decision.is_some_and(rules::is_carried_out) && line.applied_at.is_none();
    if line.is_some_and(|line| waits(&line)) {
        let undecided = line::ActiveModel {
            id: Set(id),
            decision: Set(None),
            problem: Set(Some(refusal.code.code().to_owned())),
            problem_words: Set(Some(refusal.message.clone())),
            ..Default::default()
        };
        undecided.update(&*write).await.map_err(Problem::from)?;
    }
    Ok(write.commit().await?)
}

/// Moves the conversion of a line, in memory.
pub fn take(sheet: &mut Worksheet, of: &reconciliation::Model, line: &line::Model) -> Result<(), Refusal> {
    let missing = || Refusal::not_found("conversion");
    let id = line.conversion_id.ok_or_else(missing)?;
    let status = sheet.get(id).ok_or_else(missing)?.conversion.status;
    if let Some(action) = rules::judged(line, status)? {
        let order = order(sheet, of, line, action);
        sheet.apply(id, &order)?;
    }
    if rules::counts(line) { price(sheet, of, line, id) } else { Ok(()) }
}

fn order(sheet: &Worksheet, of: &reconciliation::Model, line: &line::Model, action: Action) -> Order {
    let ends = matches!(action, Action::Reject | Action::Reverse);
    let period = || format!("reconciliation of {} to {}", of.first_day, of.last_day);
    Order {
        action,
        amount_minor: None,
        reason: ends.then(|| rules::reason(line)),
        words: Some(line.note.clone().unwrap_or_else(period)),
        mover: line.decided_by.map_or(Mover::CLOCK, |user| Mover { kind: ActorKind::User, id: Some(user.uuid()) }),
        at: sheet.now(),
    }
}

/// Gives it the amount that theirs has, where theirs has one.
fn price(
    sheet: &mut Worksheet,
    of: &reconciliation::Model,
    line: &line::Model,
    id: Id<id::Conversion>,
) -> Result<(), Refusal> {
    let Some((wanted, currency)) = line.theirs_minor.zip(line.theirs_currency.as_deref()) else { return Ok(()) };
    let cannot = |words: &str| Refusal::new(RefusalCode::NothingToTake, words);
    let held = sheet.get(id).ok_or_else(|| Refusal::not_found("conversion"))?.clone();
    let row = &held.conversion;
    if currency != row.currency {
        return Err(cannot("their amount has another currency"));
    }
    if rules::amount(of.mapping.amount_of, row) == wanted {
        return Ok(());
    }
    let order = order(sheet, of, line, Action::Reprice);
    match of.mapping.amount_of {
        AmountOf::OrderValue => {
            let sale_minor = wanted.checked_add(row.refund_minor).ok_or_else(|| cannot("the amount is too large"))?;
            sheet.apply(id, &Order { amount_minor: Some(sale_minor), ..order })?;
        }
        AmountOf::Charge => {
            let whole = rules::whole_charge(row, wanted);
            let whole = whole.filter(|minor| *minor >= 0).ok_or_else(|| cannot("no charge comes to that amount"))?;
            sheet.price_anew(id, &priced(&held, whole, earned(&held)), &order)?;
        }
    }
    let is = sheet.get(id).map(|held| rules::amount(of.mapping.amount_of, &held.conversion));
    if is == Some(wanted) { Ok(()) } else { Err(cannot("no price comes to that amount")) }
}

/// What partners earn of it by the plan, without refunds.
pub fn earned(held: &moves::Holding) -> i64 {
    let by_plan = held.commissions.iter().filter(|one| counts::is_by_plan(one.kind));
    by_plan.map(|one| one.full_minor).sum()
}

/// What is charged and earned from now on, without refunds; plan and rule stay those that priced it.
pub fn priced(held: &moves::Holding, charged_minor: i64, earned_minor: i64) -> Price {
    let first = held.commissions.iter().find(|one| counts::is_by_plan(one.kind));
    let earnings = SidePrice {
        minor: earned_minor,
        rule: first.and_then(|one| one.rule_id.as_deref()?.parse().ok()),
        version: first.and_then(|one| one.plan_version_id),
        ..SidePrice::default()
    };
    let version = held.conversion.plan_version_id;
    Price { earnings, revenue: SidePrice { minor: charged_minor, version, ..SidePrice::default() } }
}
