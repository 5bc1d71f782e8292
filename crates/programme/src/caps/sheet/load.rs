//! Set-wise reads into a sheet.

use std::collections::HashSet;

use kernel::{Id, Tenant, Timestamp, id};
use sea_orm::{ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _};

use super::{CapSheet, Loaded};
use crate::caps::{
    entity::{cap, counter},
    model::{CapMetric, CapState},
};

/// Keys that one `is_in` carries.
const KEYS_PER_QUERY: usize = 1_000;

impl CapSheet {
    /// Reads the active caps on conversions and money that `offers` may meet, and with the first call those that name no
    /// offer.
    pub async fn load(
        &mut self,
        conn: &impl ConnectionTrait,
        tenant: Tenant,
        offers: &HashSet<Id<id::Offer>>,
    ) -> anyhow::Result<()> {
        let mut either = Condition::any().add(cap::Column::OfferId.is_in(offers.iter().copied()));
        if !self.has_wide {
            either = either.add(cap::Column::OfferId.is_null());
        }
        self.has_wide = true;
        let rows = cap::Entity::find()
            .filter(cap::Column::WorkspaceId.eq(tenant.id()))
            .filter(cap::Column::State.eq(CapState::Active))
            .filter(cap::Column::Metric.is_in([CapMetric::Conversions, CapMetric::Payout, CapMetric::Revenue]))
            .filter(either)
            .all(conn)
            .await?;
        for row in rows {
            if self.known.insert(row.id) {
                let zone = row.zone()?;
                self.caps.push(Loaded { row, zone });
            }
        }
        self.load_counters(conn, tenant, []).await
    }

    /// Reads the counters of every loaded cap for the periods in which `moments`, and those named before, fall.
    pub async fn load_counters(
        &mut self,
        conn: &impl ConnectionTrait,
        tenant: Tenant,
        moments: impl IntoIterator<Item = Timestamp>,
    ) -> anyhow::Result<()> {
        self.moments.extend(moments);
        let fresh = self.absent_counters(tenant);
        let keys: Vec<_> = fresh.iter().map(|row| row.id).collect();
        self.counters.extend(fresh.into_iter().map(|row| (row.id, row)));
        for keys in keys.chunks(KEYS_PER_QUERY) {
            let rows = counter::Entity::find()
                .filter(counter::Column::WorkspaceId.eq(tenant.id()))
                .filter(counter::Column::Id.is_in(keys.iter().copied()))
                .all(conn)
                .await?;
            self.counters.extend(rows.into_iter().map(|row| (row.id, row)));
        }
        Ok(())
    }

    /// Empty counters of caps and periods that are not loaded yet.
    fn absent_counters(&self, tenant: Tenant) -> Vec<counter::Model> {
        let mut absent = Vec::new();
        for Loaded { row, zone } in &self.caps {
            let mut until = None;
            for &moment in &self.moments {
                if until.is_some_and(|end| moment < end) {
                    continue;
                }
                let span = row.period().around(moment, zone);
                until = Some(span.end);
                let id = counter::key(row.id, span.start);
                if !self.counters.contains_key(&id) {
                    absent.push(blank(tenant, row.id, span.start));
                }
            }
        }
        absent
    }
}

/// A counter of a period in which nothing was taken.
pub fn blank(tenant: Tenant, cap: Id<id::Cap>, period_start: Timestamp) -> counter::Model {
    counter::Model {
        id: counter::key(cap, period_start),
        workspace_id: tenant.id(),
        cap_id: cap,
        period_start,
        used: 0,
        reached_at: None,
        told_percent: 0,
    }
}
