//! The door for payouts: what the payment of a commission does to its conversion. A conversion with several commissions is
//! paid once the last of them is.
//!
//! A commission names the payout that carries it (`payout_id`), written by `payouts` when a batch is made. From then on
//! a reversal is a debt, for the money is on its way.

use kernel::{Id, Tenant, id};
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _, QuerySelect as _};

use super::{
    Action, Mover, Status,
    entity::commission::{Column, Entity, Model as Commission},
    model::ActorKind,
    moves::{self, IDS_PER_QUERY, Order},
};
use crate::{App, platform::WriteTransaction};

/// The payouts were paid: locked conversions whose commissions they carried are paid. Those reversed meanwhile stay so.
///
/// Call it in the transaction that books the payment, which holds the workspace's lock.
pub async fn mark_paid(
    app: &App,
    write: &WriteTransaction,
    tenant: Tenant,
    payouts: &[Id<id::Payout>],
) -> anyhow::Result<()> {
    for &payout in payouts {
        let carried = Column::WorkspaceId.eq(tenant.id()).and(Column::PayoutId.eq(payout));
        let ids: Vec<Id<id::Conversion>> = Entity::find()
            .select_only()
            .column(Column::ConversionId)
            .distinct()
            .filter(carried.and(Column::Status.eq(Status::Locked)))
            .into_tuple()
            .all(&**write)
            .await?;
        for ids in ids.chunks(IDS_PER_QUERY) {
            pay(app, write, tenant, payout, ids).await?;
        }
    }
    Ok(())
}

async fn pay(
    app: &App,
    write: &WriteTransaction,
    tenant: Tenant,
    payout: Id<id::Payout>,
    ids: &[Id<id::Conversion>],
) -> anyhow::Result<()> {
    let mut sheet = moves::open(&**write, tenant, &app.ambient).await?;
    moves::load_conversions(&**write, &mut sheet, ids).await?;
    let mover = Mover { kind: ActorKind::Payout, id: Some(payout.uuid()) };
    let order = Order { action: Action::Pay, amount_minor: None, reason: None, words: None, mover, at: sheet.now() };
    for &id in ids {
        let waits = |commission: &Commission| {
            commission.status == Status::Locked && commission.amount_minor > 0 && commission.payout_id != Some(payout)
        };
        if sheet.get(id).is_some_and(|held| held.commissions.iter().any(waits)) {
            sheet.amend(id, |held| {
                let carried = held.commissions.iter_mut().filter(|commission| commission.payout_id == Some(payout));
                carried.for_each(|commission| commission.status = Status::Paid);
            });
        } else {
            sheet.apply(id, &order)?;
        }
    }
    sheet.write(&**write).await.map(drop)
}
