//! The cap that an advertiser's balance is: revenue in one currency, in all, up to what is left to spend.
//!
//! Its counter moves as any other's, in the deciding transaction, so that nothing is sold past the balance. Whoever keeps the
//! account says how much room there is; the limit is what was taken and that room.

use kernel::{Ambient, Currency, Id, Tenant, Timestamp, id, period::Period};
use sea_orm::{ConnectionTrait, EntityTrait as _, IntoActiveModel as _};

use super::{
    count,
    entity::{
        cap::{Column, Entity, Model},
        counter,
    },
    model::{CapFilter, CapKind, CapMetric, CapScope, CapState, CountedStatuses, GraceKind, OnReach, Thresholds},
    sheet::blank,
};
use crate::platform::{WriteTransaction, bulk::replace_all};

/// Whose balance it is, and what happens without one.
#[derive(Clone, Copy, Debug)]
pub struct Balance {
    pub advertiser: Id<id::Advertiser>,
    pub currency: Currency,
    pub on_reach: OnReach,
    pub room: Room,
}

/// How much more may be taken, in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// Nothing is stopped.
    Endless,
    Left(i64),
    /// Nothing, whatever is given back meanwhile.
    Closed,
}

impl Room {
    /// The limit of a cap of which so much was taken.
    pub fn limit(self, used_minor: i64) -> Option<i64> {
        match self {
            Self::Endless => None,
            Self::Left(minor) => Some(used_minor.saturating_add(minor)),
            Self::Closed => Some(0),
        }
    }
}

/// Where a balance's cap stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What conversions took of it in all.
    pub used_minor: i64,
    pub limit_minor: i64,
    pub reached_at: Option<Timestamp>,
}

/// Sets how much room there is. Call it while holding the workspace, and tell the edge of the cap that is answered.
pub async fn keep(
    write: &WriteTransaction,
    ambient: &Ambient,
    tenant: Tenant,
    known: Option<Id<id::Cap>>,
    balance: &Balance,
) -> anyhow::Result<Option<Id<id::Cap>>> {
    let found = match known {
        Some(id) => Entity::find_by_id(id).one(&**write).await?.filter(|row| row.workspace_id == tenant.id()),
        None => None,
    };
    let mut row = match (found, balance.room) {
        (Some(row), _) => row,
        (None, Room::Endless) => return Ok(None),
        (None, Room::Left(_) | Room::Closed) => made(write, ambient, tenant, balance).await?,
    };
    let now = ambient.now();
    row.on_reach = balance.on_reach;
    let mut taken = counter_of(&**write, tenant, &row, now).await?;
    let limit = balance.room.limit(taken.used);
    row.state = if limit.is_some() { CapState::Active } else { CapState::Paused };
    if let Some(limit) = limit {
        row.limit_count = limit;
        taken.reached_at = if taken.used >= limit { taken.reached_at.or(Some(now)) } else { None };
        replace_all(&**write, [taken.into_active_model()], counter::Column::Id).await?;
    }
    let id = row.id;
    replace_all(&**write, [row.into_active_model()], Column::Id).await?;
    Ok(Some(id))
}

/// What the cap says now.
pub async fn standing(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    cap: Id<id::Cap>,
    now: Timestamp,
) -> anyhow::Result<Option<Standing>> {
    let row = Entity::find_by_id(cap).one(conn).await?;
    let Some(row) = row.filter(|row| row.workspace_id == tenant.id() && row.state == CapState::Active) else {
        return Ok(None);
    };
    let counter = counter_of(conn, tenant, &row, now).await?;
    Ok(Some(Standing { used_minor: counter.used, limit_minor: row.limit_count, reached_at: counter.reached_at }))
}

async fn counter_of(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    row: &Model,
    now: Timestamp,
) -> anyhow::Result<counter::Model> {
    let start = row.period().around(now, &row.zone()?).start;
    let known = counter::Entity::find_by_id(counter::key(row.id, start)).one(conn).await?;
    Ok(known.unwrap_or_else(|| blank(tenant, row.id, start)))
}

/// A cap that has counted all that ever was.
async fn made(write: &WriteTransaction, ambient: &Ambient, tenant: Tenant, balance: &Balance) -> anyhow::Result<Model> {
    let row = Model {
        id: ambient.new_id(),
        workspace_id: tenant.id(),
        metric: CapMetric::Revenue,
        period: Period::Total.code().to_owned(),
        scope: CapScope::Advertiser,
        advertiser_id: Some(balance.advertiser),
        offer_id: None,
        goal_id: None,
        partner_id: None,
        source_id: None,
        limit_count: 0,
        currency: Some(balance.currency.to_string()),
        timezone: "UTC".to_owned(),
        counted: CountedStatuses::default(),
        on_reach: balance.on_reach,
        thresholds: Thresholds::default(),
        filter: CapFilter::default(),
        grace: GraceKind::None,
        grace_hours: 0,
        kind: CapKind::Balance,
        kpi: None,
        state: CapState::Active,
        decision: None,
        decision_note: None,
        counted_from: Timestamp::from_millis(0),
        created_at: ambient.now(),
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&**write).await?;
    count::anew(&**write, tenant, &row, ambient.now()).await?;
    Ok(row)
}
