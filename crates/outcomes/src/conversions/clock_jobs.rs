//! What time does to conversions: holds end, advertisers' days to judge run out.

use std::collections::BTreeMap;

use kernel::{Id, Tenant, Timestamp, id, reason::ConversionReason as Reason};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select};

use super::{
    Action, Mover, Status,
    entity::conversion::{self, Column},
    moves::{self, Order, Worksheet},
};
use crate::{App, offers::terms::ValidationExpiry};

pub const LOCK_DUE_CONVERSIONS: &str = "lock_due_conversions";
pub const EXPIRE_VALIDATIONS: &str = "expire_validations";
/// Conversions moved in one transaction.
const CHUNK: usize = 500;
/// Chunks of one run; the next run goes on.
const CHUNKS_MAX: usize = 400;

type Due = Vec<(Id<id::Workspace>, Id<id::Conversion>)>;

/// Locks approved conversions whose hold is over.
pub async fn lock_due(app: &App) -> anyhow::Result<()> {
    let due =
        |now| conversion::Entity::find().filter(Column::Status.eq(Status::Approved)).filter(Column::LockAt.lte(now));
    run(app, due, Column::LockAt, |sheet, id, now| {
        let held = sheet.get(id).map(|held| &held.conversion);
        if held.is_some_and(|row| row.frozen_at.is_none() && row.lock_at.is_some_and(|at| at <= now)) {
            // Somebody else may have moved it since it was found; then there is nothing to do.
            let _ = sheet.apply(id, &order(Action::Lock, None, now));
        }
    })
    .await
}

/// Does with unjudged conversions what their offers say once the advertiser's days are over.
pub async fn expire_validations(app: &App) -> anyhow::Result<()> {
    let due = |now| {
        conversion::Entity::find().filter(Column::Status.eq(Status::Pending)).filter(Column::ValidationUntil.lte(now))
    };
    run(app, due, Column::ValidationUntil, expire).await
}

fn expire(sheet: &mut Worksheet, id: Id<id::Conversion>, now: Timestamp) {
    let Some(row) = sheet.get(id).map(|held| &held.conversion) else { return };
    let due = row.status == Status::Pending && row.validation_until.is_some_and(|at| at <= now);
    if !due || row.frozen_at.is_some() {
        return;
    }
    let terms = row.offer_id.and_then(|offer| sheet.terms.get(&offer));
    match terms.map_or(ValidationExpiry::Stay, |terms| terms.offer.validation_expiry) {
        // The row stays pending for a person to judge; its clock has run out.
        ValidationExpiry::Stay => sheet.amend(id, |held| held.conversion.validation_until = None),
        ValidationExpiry::Approve => {
            // Without room in a cap it stays for a person, as one that nobody judged.
            if sheet.apply(id, &order(Action::Approve, None, now)).is_err() {
                sheet.amend(id, |held| held.conversion.validation_until = None);
            }
        }
        ValidationExpiry::Reject => {
            drop(sheet.apply(id, &order(Action::Reject, Some(Reason::AdvertiserOther), now)));
        }
    }
}

fn order(action: Action, reason: Option<Reason>, at: Timestamp) -> Order {
    Order { action, amount_minor: None, reason, words: None, mover: Mover::CLOCK, at }
}

async fn run(
    app: &App,
    due: impl Fn(Timestamp) -> Select<conversion::Entity>,
    clock: Column,
    act: impl Fn(&mut Worksheet, Id<id::Conversion>, Timestamp),
) -> anyhow::Result<()> {
    for _ in 0..CHUNKS_MAX {
        let now = app.ambient.now();
        let found: Due = due(now)
            .select_only()
            .columns([Column::WorkspaceId, Column::Id])
            .filter(Column::FrozenAt.is_null())
            .order_by_asc(clock)
            .limit(CHUNK as u64)
            .into_tuple()
            .all(app.records.read())
            .await?;
        let found_count = found.len();
        if act_on(app, found, &act).await? == 0 || found_count < CHUNK {
            return Ok(());
        }
    }
    Ok(())
}

/// Answers how many conversions were changed.
async fn act_on(
    app: &App,
    found: Due,
    act: &impl Fn(&mut Worksheet, Id<id::Conversion>, Timestamp),
) -> anyhow::Result<usize> {
    let mut by_workspace: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (workspace, id) in found {
        by_workspace.entry(workspace).or_default().push(id);
    }
    let mut changed = 0;
    for (workspace, ids) in by_workspace {
        let tenant = Tenant(workspace);
        let tx = app.records.begin().await?;
        tx.lock_workspace(tenant).await?;
        let mut sheet = moves::open(&*tx, tenant, &app.ambient).await?;
        moves::load_conversions(&*tx, &mut sheet, &ids).await?;
        let now = sheet.now();
        ids.into_iter().for_each(|id| act(&mut sheet, id, now));
        changed += sheet.write(&*tx).await?;
        tx.commit().await?;
    }
    Ok(changed)
}
