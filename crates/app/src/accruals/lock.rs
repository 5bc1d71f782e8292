//! Makes payable what was held: postings of traffic, and whatever else is earned beside conversions.

use std::collections::BTreeMap;

use kernel::{Id, Money, Tenant, Timestamp, id};
use ledger::{Stamp, entries};
use sea_orm::{
    ColumnTrait as _, EntityTrait, ExprTrait as _, IntoActiveModel, QueryFilter as _, QuerySelect as _, prelude::Uuid,
    sea_query::Expr,
};

use super::{
    entity::posting::{self, Column},
    post,
};
use crate::{App, platform::bulk::replace_all};

pub const LOCK_ACCRUALS: &str = "lock_accruals";
/// Rows locked in one transaction, and transactions of one run.
const CHUNK: u64 = 500;
const CHUNKS_MAX: usize = 100;

type ColumnOf<H> = <<H as Held>::Table as EntityTrait>::Column;
type ActiveOf<H> = <<H as Held>::Table as EntityTrait>::ActiveModel;

/// What was approved beside conversions and becomes payable once its hold is over.
pub trait Held: Sized + Send + Sync + IntoActiveModel<ActiveOf<Self>> {
    type Table: EntityTrait<Model = Self>;

    const ID: ColumnOf<Self>;
    const WORKSPACE: ColumnOf<Self>;

    /// Which rows wait for the end of their hold at `now`.
    fn is_due(now: Timestamp) -> Expr;
    fn workspace(&self) -> Id<id::Workspace>;
    fn uuid(&self) -> Uuid;
    fn partner(&self) -> Id<id::Partner>;
    /// What was approved; nought where nothing was booked.
    fn earned(&self) -> Money;
    /// How the book names it.
    fn note(&self) -> String;
    /// Its hold is over; the entry says so where anything was earned.
    fn lock(&mut self, at: Timestamp, entry: Option<Id<id::BookEntry>>);
}

impl Held for posting::Model {
    type Table = posting::Entity;

    const ID: Column = Column::Id;
    const WORKSPACE: Column = Column::WorkspaceId;

    fn is_due(now: Timestamp) -> Expr {
        Column::LockedAt.is_null().and(Column::LockAt.lte(now))
    }
    fn workspace(&self) -> Id<id::Workspace> {
        self.workspace_id
    }
    fn uuid(&self) -> Uuid {
        self.id.uuid()
    }
    fn partner(&self) -> Id<id::Partner> {
        self.partner_id
    }
    fn earned(&self) -> Money {
        Money::new(self.earned_minor, self.currency())
    }
    fn note(&self) -> String {
        post::note(self)
    }
    fn lock(&mut self, at: Timestamp, _: Option<Id<id::BookEntry>>) {
        self.locked_at = Some(at);
    }
}

/// Locks every row of a kind whose hold is over.
pub async fn lock_due<H: Held>(app: &App) -> anyhow::Result<()>
where
    ActiveOf<H>: Send,
{
    for _ in 0..CHUNKS_MAX {
        let due = H::is_due(app.ambient.now());
        let found = H::Table::find().filter(due).limit(CHUNK).all(app.records.read()).await?;
        if found.is_empty() {
            return Ok(());
        }
        let mut by_workspace: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for row in found {
            by_workspace.entry(row.workspace()).or_default().push(row.uuid());
        }
        for (workspace, ids) in by_workspace {
            lock::<H>(app, Tenant(workspace), ids).await?;
        }
    }
    Ok(())
}

async fn lock<H: Held>(app: &App, tenant: Tenant, ids: Vec<Uuid>) -> anyhow::Result<()>
where
    ActiveOf<H>: Send,
{
    let write = app.records.begin().await?;
    write.lock_workspace(tenant).await?;
    let now = app.ambient.now();
    let waits = H::WORKSPACE.eq(tenant.id()).and(H::ID.is_in(ids)).and(H::is_due(now));
    let mut rows = H::Table::find().filter(waits).all(&*write).await?;
    let mut booked = Vec::with_capacity(rows.len());
    for row in &mut rows {
        let earned = row.earned();
        let stamp = (earned.minor > 0).then(|| Stamp { id: app.ambient.new_id(), at: now });
        booked.extend(stamp.map(|stamp| entries::beside_locked(stamp, row.partner(), earned).with_note(row.note())));
        row.lock(now, stamp.map(|stamp| stamp.id));
    }
    ledger::post(&*write, tenant, &booked).await?;
    let rows: Vec<_> = rows.into_iter().map(H::into_active_model).collect();
    replace_all(&*write, rows, H::ID).await?;
    write.commit().await?;
    Ok(())
}
