//! Caps in the edge's words.

use edge::routes::{CapRoute, CapTraffic, RouteChange, WhenFull};
use kernel::{Id, Timestamp, id};
use sea_orm::{ConnectionTrait, QuerySelect as _, entity::prelude::*};

use crate::caps::{
    entity::{
        cap::{Column, Entity, Model},
        counter,
    },
    model::{CapMetric, CapState, OnReach},
    rules::room,
};

/// Caps of one installation that the edge keeps.
const CAPS_MAX: u64 = 200_000;

/// Every cap that matters to the edge.
pub async fn all(conn: &impl ConnectionTrait, now: Timestamp) -> anyhow::Result<Vec<RouteChange>> {
    let rows = Entity::find().filter(Column::State.eq(CapState::Active)).limit(CAPS_MAX).all(conn).await?;
    changes(conn, rows, now).await
}

/// The named caps.
pub async fn named(
    conn: &impl ConnectionTrait,
    caps: &[Id<id::Cap>],
    now: Timestamp,
) -> anyhow::Result<Vec<RouteChange>> {
    if caps.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find().filter(Column::Id.is_in(caps.iter().copied())).all(conn).await?;
    changes(conn, rows, now).await
}

async fn changes(conn: &impl ConnectionTrait, rows: Vec<Model>, now: Timestamp) -> anyhow::Result<Vec<RouteChange>> {
    let mut changes = Vec::with_capacity(rows.len());
    for row in rows {
        changes.push(match when_full(&row) {
            None => RouteChange::RemoveCap(row.id),
            Some(when_full) => RouteChange::UpsertCap(route(conn, row, when_full, now).await?),
        });
    }
    Ok(changes)
}

/// What the edge does; `None` where the cap is no matter of the edge.
fn when_full(row: &Model) -> Option<WhenFull> {
    if row.state != CapState::Active {
        return None;
    }
    match room::action(row) {
        OnReach::Redirect => Some(WhenFull::Fallback),
        OnReach::Reject if row.metric.is_traffic() => Some(WhenFull::Refuse),
        OnReach::Alert if row.metric.is_traffic() => Some(WhenFull::LetThrough),
        OnReach::Reject | OnReach::Pending | OnReach::Alert => None,
    }
}

async fn route(
    conn: &impl ConnectionTrait,
    row: Model,
    when_full: WhenFull,
    now: Timestamp,
) -> anyhow::Result<CapRoute> {
    let counts = match row.metric {
        CapMetric::Views => CapTraffic::Views,
        CapMetric::Clicks => CapTraffic::Clicks,
        CapMetric::Conversions | CapMetric::Payout | CapMetric::Revenue => CapTraffic::Elsewhere,
    };
    let span = row.period().around(now, &row.zone()?);
    let closed = if counts == CapTraffic::Elsewhere {
        let counter = counter::Entity::find_by_id(counter::key(row.id, span.start)).one(conn).await?;
        counter.and_then(|counter| counter.reached_at).map(|_| span)
    } else {
        None
    };
    let mut sources = row.filter.sources.clone();
    if let Some(source) = &row.source_id {
        sources = vec![source.clone()];
    }
    Ok(CapRoute {
        cap_id: row.id,
        workspace_id: row.workspace_id,
        advertiser_id: row.advertiser_id.filter(|_| row.offer_id.is_none()),
        offer_id: row.offer_id,
        partner_id: row.partner_id,
        countries: row.filter.countries.clone(),
        sources,
        counts,
        period: row.period(),
        timezone: row.timezone.clone(),
        limit: row.limit_count,
        when_full,
        counted_from: row.counted_from,
        closed,
    })
}
