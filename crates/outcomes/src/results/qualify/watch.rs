//! Following customers through their windows, and reporting what is met.

use std::collections::{BTreeMap, HashMap};

use anyhow::Context as _;
use edge::ReceiptDoor as _;
use events::{
    ReceiptRecord,
    record::{Door, Trust},
};
use jiff::tz::TimeZone;
use kernel::{Id, Tenant, Timestamp, id};
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, IntoActiveModel as _, QueryFilter as _};

use super::{
    entity::{definition, progress},
    model::{QualificationState, Standings},
    rules::{self, Done, Window},
    store,
};
use crate::{
    App,
    conversions::{decider, entity::conversion},
    platform::bulk::{insert_all, replace_all},
    results::{entity::result, store as results},
    workspaces,
};

pub const WATCH_QUALIFICATIONS: &str = "watch_qualifications";
/// Customers in one transaction, and transactions of one run.
const CHUNK: u64 = 500;
const CHUNKS_MAX: usize = 40;

/// Opens windows for customers who were won, judges open ones, and reports what is met.
pub async fn run(app: &App) -> anyhow::Result<()> {
    open_windows(app).await?;
    judge_open(app).await?;
    report_met(app).await
}

async fn open_windows(app: &App) -> anyhow::Result<()> {
    let on = definition::Column::IsOn.eq(true);
    let definitions = definition::Entity::find().filter(on).all(app.records.read()).await?;
    for definition in definitions {
        let tenant = Tenant(definition.workspace_id);
        for _ in 0..CHUNKS_MAX {
            let write = app.records.begin().await?;
            write.lock_workspace(tenant).await?;
            let zone = workspaces::store::get(&*write, tenant).await?.zone()?;
            let found = store::unwatched(&*write, &definition, CHUNK).await?;
            let mut first: BTreeMap<Id<id::Customer>, progress::Model> = BTreeMap::new();
            for row in &found {
                let Some(customer) = row.customer_id else { continue };
                first.entry(customer).or_insert_with(|| begin(app, &definition, row, customer, &zone));
            }
            let opened = first.len();
            let rows: Vec<_> = first.into_values().map(|row| row.into_active_model()).collect();
            insert_all(&*write, rows).await?;
            write.commit().await?;
            if opened == 0 || (found.len() as u64) < CHUNK {
                break;
            }
        }
    }
    Ok(())
}

fn begin(
    app: &App,
    definition: &definition::Model,
    from: &conversion::Model,
    customer: Id<id::Customer>,
    zone: &TimeZone,
) -> progress::Model {
    let window = Window::of(from.event_at, definition.window_days, zone);
    progress::Model {
        id: app.ambient.new_id(),
        workspace_id: definition.workspace_id,
        advertiser_id: definition.advertiser_id,
        offer_id: definition.offer_id,
        goal_id: definition.goal_id,
        customer_id: customer,
        partner_id: from.partner_id,
        from_conversion_id: from.id,
        started_at: from.event_at,
        until: window.until,
        judge_at: window.until.start_of_local_day_after(i64::from(definition.report_days), zone),
        state: QualificationState::Open,
        standings: Standings(rules::standings(&definition.conditions.0, &window, &Done::default())),
        receipt_id: None,
        conversion_id: None,
        checked_at: Timestamp::from_millis(0),
        decided_at: None,
    }
}

async fn judge_open(app: &App) -> anyhow::Result<()> {
    let begun = app.ambient.now();
    for _ in 0..CHUNKS_MAX {
        let found = store::open(app.records.read(), begun, CHUNK).await?;
        if found.is_empty() {
            return Ok(());
        }
        let mut by_workspace: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for row in found {
            by_workspace.entry(row.workspace_id).or_default().push(row.id);
        }
        for (workspace, ids) in by_workspace {
            judge(app, Tenant(workspace), ids, begun).await?;
        }
    }
    Ok(())
}

async fn judge(app: &App, tenant: Tenant, ids: Vec<Id<id::Qualification>>, now: Timestamp) -> anyhow::Result<()> {
    use progress::Column;
    let write = app.records.begin().await?;
    write.lock_workspace(tenant).await?;
    let zone = workspaces::store::get(&*write, tenant).await?.zone()?;
    let still = Column::Id.is_in(ids).and(Column::State.eq(QualificationState::Open));
    let mut rows = progress::Entity::find().filter(still).all(&*write).await?;
    let goals = definition::Column::GoalId.is_in(rows.iter().map(|row| row.goal_id));
    let definitions = definition::Entity::find().filter(goals).all(&*write).await?;
    let definitions: HashMap<_, _> = definitions.into_iter().map(|row| (row.goal_id, row)).collect();
    let customers: Vec<_> = rows.iter().map(|row| row.customer_id).collect();
    let began = |row: &progress::Model| row.started_at.local_day(&zone).to_string();
    let first = rows.iter().map(began).min().unwrap_or_default();
    let last = now.local_day(&zone).to_string();
    let days = store::days_of(&*write, tenant, &customers, (first, last)).await?;
    let orders = store::orders_of(&*write, tenant, &customers).await?;
    for row in &mut rows {
        let Some(definition) = definitions.get(&row.goal_id) else { continue };
        let window = Window::of(row.started_at, definition.window_days, &zone);
        let done = done(row, &window, days.get(&row.customer_id), &orders);
        settle(app, row, definition, &window, &done, now);
    }
    let rows: Vec<_> = rows.into_iter().map(|row| row.into_active_model()).collect();
    replace_all(&*write, rows, Column::Id).await?;
    write.commit().await?;
    Ok(())
}

/// What counts of what the customer did: days of the window, and conversions up to its last minute.
fn done(row: &progress::Model, window: &Window, days: Option<&Vec<result::Model>>, orders: &[store::Order]) -> Done {
    let in_window = |one: &result::Model| {
        let day = one.day.parse().ok()?;
        (window.first_day <= day && day <= window.last_day).then_some((day, one.figures))
    };
    let counts = |(customer, offer, goal, at): &&store::Order| {
        let is_own = *customer == Some(row.customer_id) && *offer == Some(row.offer_id) && *goal != Some(row.goal_id);
        is_own && row.started_at <= *at && *at < window.until
    };
    Done {
        days: days.into_iter().flatten().filter_map(in_window).collect(),
        orders: orders.iter().filter(counts).count() as i64,
    }
}

fn settle(
    app: &App,
    row: &mut progress::Model,
    definition: &definition::Model,
    window: &Window,
    done: &Done,
    now: Timestamp,
) {
    row.standings = Standings(rules::standings(&definition.conditions.0, window, done));
    row.checked_at = now;
    if row.standings.0.iter().all(|standing| standing.is_met) {
        (row.state, row.decided_at) = (QualificationState::Met, Some(now));
        row.receipt_id = Some(app.ambient.new_id());
    } else if now >= row.judge_at {
        (row.state, row.decided_at) = (QualificationState::NotQualified, Some(now));
    }
}

/// Tells the decider of what is met. After a crash the same receipt is told again, and gets its first verdict.
async fn report_met(app: &App) -> anyhow::Result<()> {
    let Some(decider) = decider::of(app) else { return Ok(()) };
    for row in store::unreported(app.records.read(), CHUNK).await? {
        let receipt = receipt(app, &row).await?;
        let conversion = receipt.conversion_id;
        let position = app.journal.receipts().append(&receipt).await.context("keep a receipt")?;
        let answer = decider.decide(receipt, position).await;
        let reported = progress::Model { conversion_id: Some(answer.conversion_id.unwrap_or(conversion)), ..row };
        let write = app.records.begin().await?;
        replace_all(&*write, [reported.into_active_model()], progress::Column::Id).await?;
        write.commit().await?;
    }
    Ok(())
}

async fn receipt(app: &App, row: &progress::Model) -> anyhow::Result<ReceiptRecord> {
    let records = app.records.read();
    let tenant = Tenant(row.workspace_id);
    let from = conversion::Entity::find_by_id(row.from_conversion_id).one(records).await?;
    let from = from.context("a window begins with a conversion")?;
    let customer = results::customers(records, tenant, &[row.customer_id]).await?.remove(&row.customer_id);
    let customer = customer.context("a window has its customer")?;
    let mut params = vec![
        ("offer_id".to_owned(), row.offer_id.to_string()),
        ("goal".to_owned(), row.goal_id.to_string()),
        ("customer_id".to_owned(), customer.external_id),
        ("order_id".to_owned(), row.id.to_string()),
    ];
    if let Some(click) = from.click_id {
        params.push(("click_id".to_owned(), kernel::crockford::encode_string(click.as_u128())));
    }
    let raw = serde_json::to_vec(&params)?;
    Ok(ReceiptRecord {
        receipt_id: row.receipt_id.context("what is met has a receipt")?,
        conversion_id: app.ambient.new_id(),
        workspace: row.workspace_id,
        advertiser: Some(row.advertiser_id),
        arrived_at: app.ambient.now(),
        door: Door::Api,
        // Nobody sent it: it follows from what the advertiser vouched for before.
        trust: Trust::Signature,
        remote_ip: std::net::Ipv4Addr::UNSPECIFIED.into(),
        params,
        raw,
        clicks_before: app.journal.ends().of_clicks(),
    })
}
