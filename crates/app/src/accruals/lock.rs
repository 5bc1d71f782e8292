//! Makes payable what was held.

use std::collections::BTreeMap;

use kernel::{Id, Money, Tenant, id};
use ledger::{Stamp, entries};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, ExprTrait as _, IntoActiveModel as _, QueryFilter as _, QuerySelect as _,
};

use super::{
    entity::posting::{Column, Entity},
    post,
};
use crate::{App, platform::bulk::replace_all};

pub const LOCK_ACCRUALS: &str = "lock_accruals";
/// Postings locked in one transaction, and transactions of one run.
const CHUNK: u64 = 500;
const CHUNKS_MAX: usize = 100;

/// Locks every posting whose hold is over.
pub async fn lock_due(app: &App) -> anyhow::Result<()> {
    for _ in 0..CHUNKS_MAX {
        let due = Column::LockedAt.is_null().and(Column::LockAt.lte(app.ambient.now()));
        let found = Entity::find().filter(due).limit(CHUNK).all(app.records.read()).await?;
        if found.is_empty() {
            return Ok(());
        }
        let mut by_workspace: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for row in found {
            by_workspace.entry(row.workspace_id).or_default().push(row.id);
        }
        for (workspace, ids) in by_workspace {
            lock(app, Tenant(workspace), ids).await?;
        }
    }
    Ok(())
}

async fn lock(app: &App, tenant: Tenant, ids: Vec<Id<id::AccrualPosting>>) -> anyhow::Result<()> {
    let write = app.records.begin().await?;
    write.lock_workspace(tenant).await?;
    let waits = Column::WorkspaceId.eq(tenant.id()).and(Column::Id.is_in(ids)).and(Column::LockedAt.is_null());
    let mut rows = Entity::find().filter(waits).all(&*write).await?;
    let now = app.ambient.now();
    let mut booked = Vec::with_capacity(rows.len());
    for row in &mut rows {
        row.locked_at = Some(now);
        if row.earned_minor > 0 {
            let stamp = Stamp { id: app.ambient.new_id(), at: now };
            let payout = Money::new(row.earned_minor, row.currency());
            booked.push(entries::beside_locked(stamp, row.partner_id, payout).with_note(post::note(row)));
        }
    }
    ledger::post(&*write, tenant, &booked).await?;
    let rows: Vec<_> = rows.into_iter().map(|row| row.into_active_model()).collect();
    replace_all(&*write, rows, Column::Id).await?;
    write.commit().await?;
    Ok(())
}
