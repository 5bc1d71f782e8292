//! The door for payouts: which locked commissions a payout carries, and what its fate does to their conversions.
//!
//! Call these inside the transaction that decides about the payout, after its own entries have been posted.

use kernel::{Ambient, Currency, Id, Tenant, id};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, ExprTrait as _, QueryFilter as _,
    QuerySelect as _,
};

use super::{
    Action, Mover, Status,
    entity::commission::{self, ActiveModel, Column, Entity},
    model::ActorKind,
    moves::{self, IDS_PER_QUERY, Order},
};

/// Puts every locked commission of a partner in one currency that no payout carries yet on `payout`; answers how many.
pub async fn carry(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    partner: Id<id::Partner>,
    currency: Currency,
    payout: Id<id::Payout>,
) -> Result<u64, DbErr> {
    let free = Column::WorkspaceId
        .eq(tenant.id())
        .and(Column::PartnerId.eq(partner))
        .and(Column::Currency.eq(currency.code()))
        .and(Column::Status.eq(Status::Locked))
        .and(Column::PayoutId.is_null());
    let carried = ActiveModel { payout_id: Set(Some(payout)), ..Default::default() };
    Ok(Entity::update_many().set(carried).filter(free).exec(conn).await?.rows_affected)
}

/// The payout was paid: locked conversions whose commissions it carried are paid. Those reversed meanwhile stay so.
pub async fn mark_paid(
    conn: &impl ConnectionTrait,
    ambient: &Ambient,
    tenant: Tenant,
    payout: Id<id::Payout>,
) -> anyhow::Result<()> {
    move_all(conn, ambient, tenant, payout, (Status::Locked, Action::Pay)).await
}

/// The payout failed or came back: its commissions are free for the next one, paid conversions are locked again.
pub async fn release(
    conn: &impl ConnectionTrait,
    ambient: &Ambient,
    tenant: Tenant,
    payout: Id<id::Payout>,
) -> anyhow::Result<()> {
    move_all(conn, ambient, tenant, payout, (Status::Paid, Action::Unpay)).await?;
    let freed = ActiveModel { payout_id: Set(None), ..Default::default() };
    Entity::update_many().set(freed).filter(of_payout(tenant, payout)).exec(conn).await?;
    Ok(())
}

async fn move_all(
    conn: &impl ConnectionTrait,
    ambient: &Ambient,
    tenant: Tenant,
    payout: Id<id::Payout>,
    (from, action): (Status, Action),
) -> anyhow::Result<()> {
    let ids: Vec<Id<id::Conversion>> = Entity::find()
        .select_only()
        .column(commission::Column::ConversionId)
        .distinct()
        .filter(of_payout(tenant, payout).and(Column::Status.eq(from)))
        .into_tuple()
        .all(conn)
        .await?;
    let mover = Mover { kind: ActorKind::Payout, id: Some(payout.uuid()) };
    for ids in ids.chunks(IDS_PER_QUERY) {
        let mut sheet = moves::open(conn, tenant, ambient).await?;
        moves::load_conversions(conn, &mut sheet, ids).await?;
        let order = Order { action, amount_minor: None, reason: None, words: None, mover, at: sheet.now() };
        for &id in ids {
            sheet.apply(id, &order)?;
        }
        sheet.write(conn).await?;
    }
    Ok(())
}

fn of_payout(tenant: Tenant, payout: Id<id::Payout>) -> sea_orm::sea_query::SimpleExpr {
    Column::WorkspaceId.eq(tenant.id()).and(Column::PayoutId.eq(payout))
}
