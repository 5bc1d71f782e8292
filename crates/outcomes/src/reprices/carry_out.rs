//! The job: prices the window anew, some hundred conversions a transaction.

use std::time::Duration;

use anyhow::Context as _;
use kernel::{Id, Tenant, id};
use sea_orm::{ActiveModelTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, prelude::Uuid};
use serde_json::json;
use tokio::time::{Instant, sleep};

use super::{
    model::{Entity, Model, RepriceState},
    notice,
    partner::{self, Changes},
};
use crate::{
    App,
    conversions::{
        Action, Mover, decider,
        model::ActorKind,
        moves::{self, Order, Worksheet},
        rules::price::{Price, SidePrice},
    },
    platform::jobs::{self, Model as Job},
    simulations::{
        model as simulation,
        rows::{self, Reader},
        rules::{
            Past,
            lane::{Lane, Worth},
        },
        run,
    },
};

pub const CARRY_OUT_REPRICE: &str = "carry_out_reprice";
/// Conversions of one transaction.
const CHUNK: usize = 200;
/// Transactions of one turn, so that other jobs have theirs.
const CHUNKS_PER_TURN: usize = 100;
/// Of the time in which sales come in without a pause, a tenth is the reprice's.
const REST_PER_WORK: u32 = 9;
const LOOK: Duration = Duration::from_millis(5);

/// Puts the job on the list, in the caller's transaction.
pub async fn enqueue(conn: &impl ConnectionTrait, app: &App, row: &Model) -> Result<(), sea_orm::DbErr> {
    let payload = json!({"reprice_id": row.id});
    let now = app.ambient.now();
    jobs::enqueue(conn, &app.ambient, Some(row.workspace_id), CARRY_OUT_REPRICE, payload, now).await.map(drop)
}

/// One turn. What a crash interrupted goes on behind the last conversion whose transaction was committed.
pub async fn run(app: &App, job: &Job) -> anyhow::Result<()> {
    let id: Id<id::Reprice> =
        serde_json::from_value(job.payload["reprice_id"].clone()).context("the id of a reprice")?;
    let Some(row) = Entity::find_by_id(id).one(app.records.read()).await? else { return Ok(()) };
    if row.state != RepriceState::Running {
        return Ok(());
    }
    let simulation = simulation::Entity::find_by_id(row.simulation_id).one(app.records.read()).await?;
    turn(app, row, &simulation.context("a reprice has its simulation")?).await
}

async fn turn(app: &App, mut row: Model, simulation: &simulation::Model) -> anyhow::Result<()> {
    let setup = run::setup(app, simulation).await?;
    let plans = setup.draft.clone().context("a reprice has rules of its own")?;
    let scope = run::scope(app, simulation, &setup).await?;
    let mut ranges = rows::ranges(app.records.read(), &scope).await?;
    if !plans.needs().counts_anything() {
        // What lies behind is done, and nothing of it counts for what lies ahead.
        ranges.retain(|(_, last)| row.after_id.is_none_or(|reached| *last > reached));
    }
    let mut lane = Lane::new(plans, kernel::Decimal8::ONE);
    let tags = rows::tags(app.records.read(), &scope).await?;
    if lane.looks_twice() {
        let mut reader = Reader::new(app.records.read(), scope.clone(), ranges.clone());
        while let Some(pasts) = reader.next().await? {
            pasts.into_iter().for_each(|past| lane.count(&past.tagged(&tags)));
        }
        lane.settle(run::settled_until(app, &scope));
    }
    let mut reader = Reader::new(app.records.read(), scope, ranges);
    let last = last_known(&row);
    let mut chunks = 0;
    while let Some(pasts) = reader.next().await? {
        // What was done before is counted again, and left.
        let priced: Vec<(Past, Worth)> = pasts.into_iter().map(|past| priced(&mut lane, past.tagged(&tags))).collect();
        let reached = row.after_id;
        let is_ahead = |id: Uuid| id < last && reached.is_none_or(|reached| id > reached);
        let ahead = priced.iter().filter(|(past, _)| past.in_window && is_ahead(past.id.uuid()));
        let ahead: Vec<&(Past, Worth)> = ahead.collect();
        for chunk in ahead.chunks(CHUNK) {
            let begun = Instant::now();
            if !chunk_done(app, &mut row, chunk).await? {
                return Ok(());
            }
            give_way(app, begun.elapsed()).await;
            chunks += 1;
            if chunks == CHUNKS_PER_TURN {
                return next_turn(app, &row).await;
            }
        }
    }
    finish(app, row).await
}

/// Lets those who wait for a verdict go first. Where they never cease, a chunk still has its share of the time.
async fn give_way(app: &App, took: Duration) {
    let until = Instant::now() + took * REST_PER_WORK;
    while decider::of(app).is_some_and(|decider| decider.waiting_count() > 0) && Instant::now() < until {
        sleep(LOOK).await;
    }
}

/// What was taken in after the confirmation keeps the plan in force.
fn last_known(row: &Model) -> Uuid {
    let after = row.decided_at.unwrap_or(row.created_at).plus_millis(1);
    Id::<id::Conversion>::from_parts(after, 0).uuid()
}

fn priced(lane: &mut Lane, past: Past) -> (Past, Worth) {
    let worth = lane.run(&past, None);
    (past, worth)
}

/// Prices a chunk anew and keeps the place, both or neither; false where another node is at it.
async fn chunk_done(app: &App, row: &mut Model, chunk: &[&(Past, Worth)]) -> anyhow::Result<bool> {
    let tenant = Tenant(row.workspace_id);
    let differing: Vec<&(Past, Worth)> = chunk.iter().copied().filter(|(past, worth)| differs(past, worth)).collect();
    let tx = app.records.begin().await?;
    tx.lock_workspace(tenant).await?;
    let stands = Entity::find_by_id(row.id).one(&*tx).await?;
    if stands.is_none_or(|stands| (stands.state, stands.after_id) != (RepriceState::Running, row.after_id)) {
        return Ok(false);
    }
    if !differing.is_empty() {
        let mut sheet = moves::open(&*tx, tenant, &app.ambient).await?;
        let ids: Vec<_> = differing.iter().map(|(past, _)| past.id).collect();
        moves::load_conversions(&*tx, &mut sheet, &ids).await?;
        let mut changes = Changes::new();
        for (past, worth) in differing {
            reprice(&mut sheet, row, &mut changes, (past, worth));
        }
        sheet.write(&*tx).await?;
        partner::add(&*tx, tenant, row.id, changes).await?;
    }
    row.after_id = chunk.last().map(|(past, _)| past.id.uuid()).or(row.after_id);
    row.clone().into_active_model().reset_all().update(&*tx).await?;
    tx.commit().await?;
    app.shipper.wake();
    Ok(true)
}

fn differs(past: &Past, worth: &Worth) -> bool {
    let stands = (past.earnings_minor(), past.revenue_minor);
    past.is_live && !worth.overflows && stands != (past.left(worth.earnings_minor), past.left(worth.revenue_minor))
}

fn reprice(sheet: &mut Worksheet, row: &mut Model, changes: &mut Changes, (past, worth): (&Past, &Worth)) {
    let Some(held) = sheet.get(past.id).cloned() else { return };
    let before = &held.conversion;
    let as_seen = before.sale_minor == past.sale_minor && before.status.is_live();
    let side = |minor, rule, version| SidePrice { minor, rule, version, ..SidePrice::default() };
    let price = Price {
        earnings: side(worth.earnings_minor, worth.rule, row.earnings_version_id.or(worth.version)),
        revenue: side(worth.revenue_minor, None, row.revenue_version_id.or(before.plan_version_id)),
    };
    let order = Order {
        action: Action::Reprice,
        amount_minor: None,
        reason: None,
        words: Some(row.words.clone()),
        mover: Mover { kind: ActorKind::User, id: row.decided_by.map(|user| user.uuid()) },
        at: sheet.now(),
    };
    if !as_seen || sheet.price_anew(past.id, &price, &order).is_err() {
        row.passed_over += 1;
        return;
    }
    let Some(after) = sheet.get(past.id) else { return };
    row.repriced += 1;
    row.earnings_change_minor += after.conversion.payout_minor - before.payout_minor;
    row.revenue_change_minor += after.conversion.revenue_minor - before.revenue_minor;
    for (was, is) in held.commissions.iter().zip(&after.commissions) {
        if is.amount_minor != was.amount_minor {
            let (conversions, change_minor) = changes.entry(is.partner_id).or_default();
            *conversions += 1;
            *change_minor += is.amount_minor - was.amount_minor;
        }
    }
}

async fn next_turn(app: &App, row: &Model) -> anyhow::Result<()> {
    let write = app.records.begin().await?;
    enqueue(&*write, app, row).await?;
    Ok(write.commit().await?)
}

async fn finish(app: &App, mut row: Model) -> anyhow::Result<()> {
    row.state = RepriceState::Done;
    row.finished_at = Some(app.ambient.now());
    let write = app.records.begin().await?;
    notice::enqueue(&*write, app, &row).await?;
    row.into_active_model().reset_all().update(&*write).await?;
    Ok(write.commit().await?)
}
