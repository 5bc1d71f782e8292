//! Questions about batches and payouts; every one names its tenant.

use kernel::{Id, Page, PageQuery, Refusal, Tenant, id};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use super::entity::{batch, payout};
use crate::platform::Answer;

pub async fn batch(conn: &impl ConnectionTrait, tenant: Tenant, id: Id<id::PayoutBatch>) -> Answer<batch::Model> {
    let of_tenant = batch::Column::WorkspaceId.eq(tenant.id());
    let found = batch::Entity::find_by_id(id).filter(of_tenant).one(conn).await?;
    found.ok_or_else(|| Refusal::not_found("payout batch").into())
}

pub async fn payout(conn: &impl ConnectionTrait, tenant: Tenant, id: Id<id::Payout>) -> Answer<payout::Model> {
    let of_tenant = payout::Column::WorkspaceId.eq(tenant.id());
    let found = payout::Entity::find_by_id(id).filter(of_tenant).one(conn).await?;
    found.ok_or_else(|| Refusal::not_found("payout").into())
}

/// The payouts of a batch in order of id.
pub async fn payouts_of(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    batch: Id<id::PayoutBatch>,
) -> Answer<Vec<payout::Model>> {
    let query = payout::Entity::find()
        .filter(payout::Column::WorkspaceId.eq(tenant.id()))
        .filter(payout::Column::BatchId.eq(batch))
        .order_by_asc(payout::Column::Id);
    Ok(query.all(conn).await?)
}

/// A page of a batch's payouts in order of id.
pub async fn page_of(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    batch: Id<id::PayoutBatch>,
    page: &PageQuery,
) -> Answer<Page<payout::Model>> {
    let mut query = payout::Entity::find()
        .filter(payout::Column::WorkspaceId.eq(tenant.id()))
        .filter(payout::Column::BatchId.eq(batch));
    if let Some(after) = page.after::<id::Payout>()? {
        query = query.filter(payout::Column::Id.gt(after));
    }
    let rows = query.order_by_asc(payout::Column::Id).limit(page.limit() + 1).all(conn).await?;
    Ok(Page::from_rows(rows, page, |row| row.id))
}

/// Writes a batch down as it is now, in the caller's transaction.
pub async fn save_batch(conn: &impl ConnectionTrait, row: &batch::Model) -> Answer<()> {
    row.clone().into_active_model().reset_all().update(conn).await?;
    Ok(())
}
