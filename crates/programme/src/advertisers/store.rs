//! Questions about advertisers.

use std::collections::HashMap;

use kernel::{Id, Refusal, Tenant, id, paging::PageQuery};
use sea_orm::{ConnectionTrait, ExprTrait as _, entity::prelude::*};

use super::model::{Column, Entity, Model};
use crate::platform::{Answer, listing::newest_first};

/// One advertiser of the tenant, or 404.
pub async fn get(conn: &impl ConnectionTrait, tenant: Tenant, advertiser: Id<id::Advertiser>) -> Answer<Model> {
    let mine = Column::Id.eq(advertiser).and(Column::WorkspaceId.eq(tenant.id()));
    let row = Entity::find().filter(mine).one(conn).await?;
    row.ok_or_else(|| Refusal::not_found("advertiser").into())
}

/// Advertisers of the tenant by id, for a batch of decisions.
pub async fn get_many(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    ids: impl IntoIterator<Item = Id<id::Advertiser>>,
) -> Result<HashMap<Id<id::Advertiser>, Model>, DbErr> {
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::Id.is_in(ids));
    let rows = Entity::find().filter(mine).all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// One row more than the page holds, newest first; `only` limits to one advertiser.
pub async fn page(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    only: Option<Id<id::Advertiser>>,
    page: &PageQuery,
) -> Answer<Vec<Model>> {
    let mut select = Entity::find().filter(Column::WorkspaceId.eq(tenant.id()));
    if let Some(only) = only {
        select = select.filter(Column::Id.eq(only));
    }
    newest_first::<_, id::Advertiser>(conn, select, Column::Id, page).await
}
