//! Questions about drafts.

use kernel::{Id, Refusal, Tenant, id, paging::PageQuery};
use sea_orm::{ConnectionTrait, ExprTrait as _, entity::prelude::*};

use super::entity::{Column, Entity, Model};
use crate::platform::{Answer, listing::newest_first};

/// Drafts of one offer.
pub const DRAFTS_MAX: u64 = 50;

pub async fn get(conn: &impl ConnectionTrait, tenant: Tenant, draft: Id<id::PlanDraft>) -> Answer<Model> {
    let mine = Column::Id.eq(draft).and(Column::WorkspaceId.eq(tenant.id()));
    let row = Entity::find().filter(mine).one(conn).await?;
    row.ok_or_else(|| Refusal::not_found("draft").into())
}

/// One row more than the page holds, newest first.
pub async fn page(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    offer: Id<id::Offer>,
    page: &PageQuery,
) -> Answer<Vec<Model>> {
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::OfferId.eq(offer));
    newest_first::<_, id::PlanDraft>(conn, Entity::find().filter(mine), Column::Id, page).await
}

pub async fn count(conn: &impl ConnectionTrait, tenant: Tenant, offer: Id<id::Offer>) -> Result<u64, DbErr> {
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::OfferId.eq(offer));
    Entity::find().filter(mine).count(conn).await
}
