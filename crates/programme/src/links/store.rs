//! Questions about links.

use std::collections::HashMap;

use kernel::{Id, Refusal, Tenant, id, paging::PageQuery};
use sea_orm::{ConnectionTrait, ExprTrait as _, entity::prelude::*};
use serde::Deserialize;

use super::model::{Column, Entity, LinkState, Model};
use crate::{
    identity::Actor,
    platform::{
        Answer,
        external_refs::{self, RefKind},
        folding,
        listing::newest_first,
    },
};

/// One link that the actor may see, or 404.
pub async fn get(conn: &impl ConnectionTrait, actor: &Actor, link: Id<id::Link>) -> Answer<Model> {
    let mine = Column::WorkspaceId.eq(actor.tenant.id()).and(Column::Id.eq(link));
    let row = Entity::find().filter(mine).one(conn).await?;
    let row = row.filter(|row| actor.require_partner(row.partner_id).is_ok());
    row.ok_or_else(|| Refusal::not_found("link").into())
}

/// Links of the tenant by id, for a batch of decisions.
pub async fn get_many(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    ids: impl IntoIterator<Item = Id<id::Link>>,
) -> Result<HashMap<Id<id::Link>, Model>, DbErr> {
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::Id.is_in(ids));
    let rows = Entity::find().filter(mine).all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Which links a list shows.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LinkFilter {
    pub offer_id: Option<Id<id::Offer>>,
    pub partner_id: Option<Id<id::Partner>>,
    pub state: Option<LinkState>,
    pub slug: Option<String>,
    /// Part of the slug, or what another system calls the link.
    pub q: Option<String>,
}

/// One row more than the page holds, newest first, of what the actor may see.
pub async fn page(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &LinkFilter,
    page: &PageQuery,
) -> Answer<Vec<Model>> {
    let q = folding::query(filter.q.as_deref())?;
    let wanted = [
        actor.partner.map(|partner| Column::PartnerId.eq(partner)),
        filter.offer_id.map(|offer| Column::OfferId.eq(offer)),
        filter.partner_id.map(|partner| Column::PartnerId.eq(partner)),
        filter.state.map(|state| Column::State.eq(state)),
        filter.slug.as_ref().map(|slug| Column::Slug.eq(slug)),
        q.as_deref().map(|q| {
            let called = external_refs::called(actor.tenant, RefKind::Link, q);
            folding::contains(Expr::col(Column::Slug), q).or(Column::Id.in_subquery(called))
        }),
    ];
    let mine = Entity::find().filter(Column::WorkspaceId.eq(actor.tenant.id()));
    let select = wanted.into_iter().flatten().fold(mine, |select, wish| select.filter(wish));
    newest_first::<_, id::Link>(conn, select, Column::Id, page).await
}
