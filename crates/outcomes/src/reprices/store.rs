//! Questions about reprices.

use kernel::{Id, Refusal, id, paging::PageQuery};
use sea_orm::{ConnectionTrait, ExprTrait as _, PaginatorTrait as _, entity::prelude::*};

use super::model::{Column, Entity, Model, RepriceState};
use crate::{
    identity::Actor,
    platform::{Answer, listing::newest_first},
};

pub async fn get(conn: &impl ConnectionTrait, actor: &Actor, reprice: Id<id::Reprice>) -> Answer<Model> {
    let mine = Entity::find_by_id(reprice).filter(Column::WorkspaceId.eq(actor.tenant.id()));
    mine.one(conn).await?.ok_or_else(|| Refusal::not_found("reprice").into())
}

/// One row more than the page holds, newest first.
pub async fn page(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    offer: Option<Id<id::Offer>>,
    page: &PageQuery,
) -> Answer<Vec<Model>> {
    let mine = Entity::find().filter(Column::WorkspaceId.eq(actor.tenant.id()));
    let mine = offer.into_iter().fold(mine, |mine, offer| mine.filter(Column::OfferId.eq(offer)));
    newest_first::<_, id::Reprice>(conn, mine, Column::Id, page).await
}

/// Whether one of the offer waits for its second person or is at work.
pub async fn is_open(conn: &impl ConnectionTrait, actor: &Actor, offer: Id<id::Offer>) -> Result<bool, DbErr> {
    let open = Column::WorkspaceId
        .eq(actor.tenant.id())
        .and(Column::OfferId.eq(offer))
        .and(Column::State.is_in([RepriceState::Proposed, RepriceState::Running]));
    Ok(Entity::find().filter(open).count(conn).await? > 0)
}
