//! What time does to RevShare: months are closed some days after their end, and become payable after their hold.

use std::collections::{BTreeMap, HashMap};

use jiff::ToSpan as _;
use kernel::{Id, Money, Tenant, id};
use ledger::{Stamp, entries};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, ExprTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::{
    close,
    entity::{formula, statement},
    store,
};
use crate::{
    App,
    platform::{audit_trail::Author, bulk::replace_all},
    workspaces,
};

pub const CLOSE_REVENUE_MONTHS: &str = "close_revenue_months";
pub const LOCK_REVENUE_SHARES: &str = "lock_revenue_shares";
/// Months of one advertiser that one run closes.
const MONTHS_MAX: usize = 36;
/// Statements locked in one transaction, and transactions of one run.
const CHUNK: u64 = 500;
const CHUNKS_MAX: usize = 100;

/// Closes months whose days to wait are over.
pub async fn close_due(app: &App) -> anyhow::Result<()> {
    let rows = formula::Entity::find().order_by_asc(formula::Column::Version).all(app.records.read()).await?;
    let latest: HashMap<_, _> = rows.into_iter().map(|row| (row.advertiser_id, row)).collect();
    for row in latest.into_values() {
        if let Some(days) = row.close_after_days {
            close_months(app, Tenant(row.workspace_id), row.advertiser_id, days).await?;
        }
    }
    Ok(())
}

async fn close_months(app: &App, tenant: Tenant, advertiser: Id<id::Advertiser>, days: i32) -> anyhow::Result<()> {
    let records = app.records.read();
    let zone = workspaces::store::get(records, tenant).await?.zone()?;
    let today = app.ambient.now().local_day(&zone);
    for _ in 0..MONTHS_MAX {
        let last = store::last_closed(records, tenant, advertiser).await?;
        let next = match last {
            Some(last) => Some(last.next()),
            None => store::first_open(records, tenant, advertiser).await?,
        };
        let Some(month) = next.filter(|month| month.last_day().saturating_add(i64::from(days).days()) < today) else {
            return Ok(());
        };
        close::close(app, Author { tenant, user: None }, advertiser, month).await?;
    }
    Ok(())
}

/// Makes payable what was held.
pub async fn lock_due(app: &App) -> anyhow::Result<()> {
    use statement::Column;
    for _ in 0..CHUNKS_MAX {
        let due = Column::LockedAt.is_null().and(Column::LockAt.lte(app.ambient.now()));
        let found = statement::Entity::find().filter(due).limit(CHUNK).all(app.records.read()).await?;
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

async fn lock(app: &App, tenant: Tenant, ids: Vec<Id<id::RevenueShareStatement>>) -> anyhow::Result<()> {
    use statement::Column;
    let write = app.records.begin().await?;
    write.lock_workspace(tenant).await?;
    let waits = Column::WorkspaceId.eq(tenant.id()).and(Column::Id.is_in(ids)).and(Column::LockedAt.is_null());
    let mut rows = statement::Entity::find().filter(waits).all(&*write).await?;
    let now = app.ambient.now();
    let mut booked = Vec::with_capacity(rows.len());
    for row in &mut rows {
        row.locked_at = Some(now);
        let stamp = Stamp { id: app.ambient.new_id(), at: now };
        let payout = Money::new(row.earned_minor, row.currency());
        booked.push(entries::beside_locked(stamp, row.partner_id, payout).with_note(close::note(row)));
    }
    ledger::post(&*write, tenant, &booked).await?;
    let rows: Vec<_> = rows.into_iter().map(|row| row.into_active_model()).collect();
    replace_all(&*write, rows, Column::Id).await?;
    write.commit().await?;
    Ok(())
}
