//! What the edge has counted of caps on clicks and views.
//!
//! The edge counts exactly from the moment it learns of a cap; what came before lies in the event store and is added
//! here, once: after a start, and when a cap is made in the middle of its period.

use std::{sync::Arc, time::Duration};

use edge::routes::{CapSlot, CapTraffic};
use events::question::{
    self, Asked, Asker, Cell, Question,
    asked::{AskedFilter, OneOrMany, Op},
    read::RowLimits,
};
use kernel::{Currency, Id, Tenant, Timestamp, id, period::Span};
use serde_json::{Value, json};

use crate::App;

/// How long the shipper may need to bring everything journaled into the event store.
const SETTLE_WAIT: Duration = Duration::from_secs(30);

/// Has the edge begin to count where it has not, and adds what it has not seen.
pub async fn open(app: &App) -> anyhow::Result<()> {
    let now = app.ambient.now();
    let begun: Vec<(Arc<CapSlot>, Span)> = {
        let table = app.routes.table();
        table.caps().filter_map(|slot| Some((slot.clone(), slot.open(now)?))).collect()
    };
    if begun.is_empty() {
        return Ok(());
    }
    if tokio::time::timeout(SETTLE_WAIT, app.shipper.settle()).await.is_err() {
        tracing::warn!("caps on clicks may count too little: the shipper is behind");
    }
    for (slot, before) in begun {
        match count(app, &slot, before).await {
            Ok(count) => slot.tally.add_before(slot.period_around(before.start), count),
            Err(error) => {
                let cap = slot.route.cap_id;
                tracing::error!(%cap, error = format!("{error:#}"), "a cap on clicks starts from nought");
            }
        }
    }
    Ok(())
}

async fn count(app: &App, slot: &CapSlot, before: Span) -> anyhow::Result<i64> {
    let tenant = Tenant(slot.route.workspace_id);
    // Clicks know neither: so a start without records counts too.
    let (timezone, reporting_currency) = ("UTC".to_owned(), Currency::EUR);
    let asker = Asker {
        tenant,
        timezone,
        reporting_currency,
        row_limits: RowLimits::default(),
        may_see_metric: |_| true,
        may_see_dimension: |_| true,
    };
    let question = Question::read(&asked(slot, before), &asker)?;
    let answer = question::ask_at_leisure(&app.event_store, question).await?;
    let whole = |cell: &Cell| if let Cell::Whole(number) = cell { *number } else { 0 };
    Ok(answer.totals.iter().map(|(_, cell)| whole(cell)).sum())
}

/// Clicks that were let through, repeated ones too: each of them was sent to the landing page.
fn asked(slot: &CapSlot, before: Span) -> Asked {
    let route = &slot.route;
    let metrics: &[&str] = if route.counts == CapTraffic::Views { &["views"] } else { &["clicks", "duplicate_clicks"] };
    let one = |field: &str, id: Option<String>| id.map(|id| filter(field, vec![json!(id)]));
    let many = |field: &str, list: &[String]| {
        (!list.is_empty()).then(|| filter(field, list.iter().map(|entry| json!(entry)).collect()))
    };
    let filters = [
        one("advertiser", route.advertiser_id.map(|id| id.to_string())),
        one("offer", route.offer_id.map(|id| id.to_string())),
        one("partner", route.partner_id.map(|id| id.to_string())),
        many("source_id", &route.sources),
        many("country", &route.countries),
    ];
    Asked {
        from: Some(before.start.to_string()),
        to: Some(before.end.to_string()),
        metrics: metrics.iter().map(|&metric| metric.to_owned()).collect(),
        filters: filters.into_iter().flatten().collect(),
        ..Asked::default()
    }
}

fn filter(field: &str, values: Vec<Value>) -> AskedFilter {
    AskedFilter { field: field.to_owned(), op: Op::In, values: OneOrMany::Many(values) }
}

/// Used of a cap in the period of `at`, as the edge has it.
pub fn used(app: &App, cap: Id<id::Cap>, at: Timestamp) -> i64 {
    app.routes.table().cap(cap).map_or(0, |slot| slot.used_at(at))
}
