//! Looks after caps on clicks and views: the edge counts them, and here it is written down, told and decided on.

use kernel::{Tenant, Timestamp};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QuerySelect as _,
};

use super::{
    alerts, edge_counts,
    entity::{cap, counter},
    model::{CapDecision, CapKind, CapMetric, CapState},
    rules::room,
    sheet::blank,
};
use crate::{App, platform::bulk::replace_all};

pub const WATCH_TRAFFIC_CAPS: &str = "watch_traffic_caps";
/// Caps looked after in one run.
const CAPS_MAX: u64 = 50_000;

/// Writes down what every active cap on traffic has counted.
pub async fn run(app: &App) -> anyhow::Result<()> {
    let rows = cap::Entity::find()
        .filter(cap::Column::State.eq(CapState::Active))
        .filter(cap::Column::Metric.is_in([CapMetric::Views, CapMetric::Clicks]))
        .limit(CAPS_MAX)
        .all(app.records.read())
        .await?;
    let now = app.ambient.now();
    for row in rows {
        look_at(app, row, now).await?;
    }
    Ok(())
}

async fn look_at(app: &App, row: cap::Model, now: Timestamp) -> anyhow::Result<()> {
    let tenant = Tenant(row.workspace_id);
    let start = row.period().around(now, &row.zone()?).start;
    let known = counter::Entity::find_by_id(counter::key(row.id, start)).one(app.records.read()).await?;
    let mut counter = known.unwrap_or_else(|| blank(tenant, row.id, start));
    let used = edge_counts::used(app, row.id, now);
    if used == counter.used {
        return Ok(());
    }
    counter.used = used;
    let is_full = used >= row.limit_count;
    counter.reached_at = if is_full { counter.reached_at.or(Some(now)) } else { None };
    let passed = room::threshold_passed(&row.thresholds.0, used, row.limit_count);
    let tells = i64::from(passed) > i64::from(counter.told_percent);
    counter.told_percent = counter.told_percent.max(passed as i32);
    let write = app.records.begin().await?;
    if tells {
        alerts::enqueue(&*write, &app.ambient, tenant, row.id, start, passed).await?;
    }
    replace_all(&*write, [counter.into_active_model()], counter::Column::Id).await?;
    if is_full && row.kind == CapKind::Test && row.decision.is_none() {
        let mut row = row;
        row.decision = Some(CapDecision::Open);
        row.into_active_model().reset_all().update(&*write).await?;
    }
    write.commit().await?;
    Ok(())
}
