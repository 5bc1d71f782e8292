//! Writes a sheet: counters, tests that wait for a decision, letters to managers.

use kernel::{Ambient, Tenant};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
};

use super::CapSheet;
use crate::{
    caps::{
        alerts,
        entity::{cap, counter},
        model::CapDecision,
    },
    news::RouteNews,
    platform::bulk::replace_all,
};

impl CapSheet {
    /// Writes what changed, in the deciding transaction; answers what the edge must hear, last in it.
    pub async fn write(
        self,
        conn: &impl ConnectionTrait,
        ambient: &Ambient,
        tenant: Tenant,
    ) -> anyhow::Result<Vec<RouteNews>> {
        let Self { mut counters, changed, told, tests_reached, flipped, .. } = self;
        let mut rows: Vec<_> = changed.iter().filter_map(|key| counters.remove(key)).collect();
        // In one order for everybody.
        rows.sort_by_key(|row| row.id);
        replace_all(conn, rows.into_iter().map(counter::Model::into_active_model), counter::Column::Id).await?;
        if !tests_reached.is_empty() {
            cap::Entity::update_many()
                .set(cap::ActiveModel { decision: Set(Some(CapDecision::Open)), ..Default::default() })
                .filter(cap::Column::WorkspaceId.eq(tenant.id()))
                .filter(cap::Column::Id.is_in(tests_reached))
                .exec(conn)
                .await?;
        }
        for one in told {
            alerts::enqueue(conn, ambient, tenant, one.cap, one.period_start, one.percent).await?;
        }
        Ok(flipped.into_iter().map(RouteNews::Cap).collect())
    }
}
