//! Days that have come: periods begin and are charged, subscriptions end.

use std::collections::BTreeMap;

use jiff::{civil::Date, tz::TimeZone};
use kernel::{Id, Tenant, id};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::{
    dunning,
    entity::{
        SubscriptionState,
        subscription::{Column, Entity, Model},
    },
    life, rules, store,
};
use crate::{
    App,
    billing::fees,
    news::{self, RouteNews},
    platform::{Answer, FaultsOfEach, WriteTransaction},
};

pub const CHARGE_SUBSCRIPTIONS: &str = "charge_subscriptions";
/// Subscriptions looked after in one run.
const SUBSCRIPTIONS_MAX: u64 = 10_000;
/// Periods charged at once, after a long silence; the next run goes on.
const PERIODS_MAX: usize = 60;

/// The job that reminds of what is overdue, brings back what was paid, and charges what is due.
pub async fn run_due(app: &App) -> anyhow::Result<()> {
    // A day begins first where clocks are furthest ahead.
    let latest = app.ambient.now().plus_days(1).local_day(&TimeZone::UTC).to_string();
    let due = Entity::find()
        .filter(Column::RunningOf.is_not_null())
        .filter(Column::NextOn.lte(latest.as_str()))
        .order_by_asc(Column::NextOn)
        .limit(SUBSCRIPTIONS_MAX);
    let mut faults = FaultsOfEach::default();
    // First, so that what is paused today is not charged today.
    for row in watched(app, &latest).await? {
        let id = row.id;
        faults.note(dunning::follow(app, &row).await.map_err(|problem| anyhow::anyhow!("remind {id}: {problem:?}")));
    }
    for row in due.all(app.records.read()).await? {
        let id = row.id;
        faults.note(charge(app, &row).await.map_err(|problem| anyhow::anyhow!("charge {id}: {problem:?}")));
    }
    faults.end()
}

/// Those with something overdue, and those that wait for it to be paid.
async fn watched(app: &App, latest: &str) -> anyhow::Result<Vec<Model>> {
    let conn = app.records.read();
    let waiting = Entity::find()
        .filter(Column::State.is_in([SubscriptionState::PastDue, SubscriptionState::Paused]))
        .order_by_asc(Column::Id)
        .limit(SUBSCRIPTIONS_MAX)
        .all(conn)
        .await?;
    let mut all: BTreeMap<Id<id::Subscription>, Model> = waiting.into_iter().map(|row| (row.id, row)).collect();
    let overdue = Entity::find()
        .filter(Column::RunningOf.is_not_null())
        .filter(Column::Id.in_subquery(dunning::with_overdue(latest)))
        .order_by_asc(Column::Id)
        .limit(SUBSCRIPTIONS_MAX);
    all.extend(overdue.all(conn).await?.into_iter().map(|row| (row.id, row)));
    Ok(all.into_values().collect())
}

async fn charge(app: &App, row: &Model) -> Answer<()> {
    let tenant = Tenant(row.workspace_id);
    let today = life::today(app, app.records.read(), tenant).await?;
    if !rules::is_due(row, today) {
        return Ok(());
    }
    let write = app.records.begin().await?;
    write.lock_workspace(tenant).await?;
    // Another node may have been first.
    let mut row = store::get(&*write, tenant, row.id).await?;
    let news = bring_up_to(app, &write, &mut row, today).await?;
    store::save(&*write, &row).await?;
    news::commit_routes(app, write, tenant, &news).await
}

/// Charges each period that has begun, in order, and ends what was to end. Call it while holding the workspace, and save the
/// row; answers what the edge must hear.
pub async fn bring_up_to(app: &App, write: &WriteTransaction, row: &mut Model, today: Date) -> Answer<Vec<RouteNews>> {
    let mut news = Vec::new();
    for _ in 0..PERIODS_MAX {
        if !rules::is_due(row, today) {
            break;
        }
        row.updated_at = app.ambient.now();
        if row.ends {
            let was_paused = row.state == SubscriptionState::Paused;
            let on = row.next_on.as_deref().and_then(|day| day.parse().ok()).unwrap_or(today);
            rules::end(row, on);
            if was_paused {
                news.extend(dunning::let_go(app, write, row).await?);
            }
            break;
        }
        let terms = store::next_terms(&**write, row).await?;
        let fee = rules::begin_period(row, &terms);
        let whose = (Tenant(row.workspace_id), row.advertiser_id, row.id);
        news.extend(fees::charge(app, write, whose, &fee).await?);
    }
    Ok(news)
}
