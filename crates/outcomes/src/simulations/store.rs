//! Questions about simulations.

use kernel::{Id, Refusal, id, paging::PageQuery};
use sea_orm::{ConnectionTrait, ExprTrait as _, PaginatorTrait as _, entity::prelude::*};

use super::model::{Column, Entity, Model, SimulationState};
use crate::{
    identity::Actor,
    platform::{Answer, listing::newest_first},
};

pub async fn get(conn: &impl ConnectionTrait, actor: &Actor, simulation: Id<id::Simulation>) -> Answer<Model> {
    let mine = Entity::find_by_id(simulation).filter(Column::WorkspaceId.eq(actor.tenant.id()));
    mine.one(conn).await?.ok_or_else(|| Refusal::not_found("simulation").into())
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
    newest_first::<_, id::Simulation>(conn, mine, Column::Id, page).await
}

/// How many of the workspace run.
pub async fn running(conn: &impl ConnectionTrait, actor: &Actor) -> Result<u64, DbErr> {
    let running = Column::WorkspaceId.eq(actor.tenant.id()).and(Column::State.eq(SimulationState::Running));
    Entity::find().filter(running).count(conn).await
}
