//! Questions about exports. Each is seen by the one who asked for it alone.

use kernel::{Id, Refusal, Timestamp, id, paging::PageQuery};
use sea_orm::{ConnectionTrait, ExprTrait as _, PaginatorTrait as _, QuerySelect as _, entity::prelude::*};

use super::model::{Column, Entity, ExportState, Model};
use crate::{
    identity::Actor,
    platform::{Answer, listing::newest_first},
};

/// Expired exports that one turn forgets.
const FORGET_MAX: u64 = 200;

pub async fn get(conn: &impl ConnectionTrait, actor: &Actor, export: Id<id::Export>) -> Answer<Model> {
    let mine = Entity::find().filter(own(actor)).filter(Column::Id.eq(export));
    mine.one(conn).await?.ok_or_else(|| Refusal::not_found("export").into())
}

/// One row more than the page holds, newest first.
pub async fn page(conn: &impl ConnectionTrait, actor: &Actor, page: &PageQuery) -> Answer<Vec<Model>> {
    newest_first::<_, id::Export>(conn, Entity::find().filter(own(actor)), Column::Id, page).await
}

/// How many of the actor's are kept, and how many of them are being written.
pub async fn counts(conn: &impl ConnectionTrait, actor: &Actor) -> Answer<(u64, u64)> {
    let mine = Entity::find().filter(own(actor));
    let running = mine.clone().filter(Column::State.eq(ExportState::Running)).count(conn).await?;
    Ok((mine.count(conn).await?, running))
}

/// The export of a job, whoever asked for it.
pub async fn of_job(conn: &impl ConnectionTrait, export: Id<id::Export>) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(export).one(conn).await
}

/// Those whose days are over, of all workspaces.
pub async fn expired(conn: &impl ConnectionTrait, now: Timestamp) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::ExpiresAt.lte(now)).limit(FORGET_MAX).all(conn).await
}

fn own(actor: &Actor) -> Expr {
    Column::WorkspaceId.eq(actor.tenant.id()).and(Column::MembershipId.eq(actor.membership))
}
