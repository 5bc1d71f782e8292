//! Questions about tracking domains.

use kernel::{Id, Refusal, Tenant, id, paging::PageQuery};
use sea_orm::{ConnectionTrait, ExprTrait as _, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::model::{Column, DomainState, Entity, Model};
use crate::{
    identity::Actor,
    platform::{Answer, listing::newest_first},
};

/// Own domains of one partner or of the workspace that links may use.
const USABLE_MAX: u64 = 100;

/// One domain of the tenant, or 404.
pub async fn get(conn: &impl ConnectionTrait, tenant: Tenant, domain: Id<id::TrackingDomain>) -> Answer<Model> {
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::Id.eq(domain));
    let row = Entity::find().filter(mine).one(conn).await?;
    row.ok_or_else(|| Refusal::not_found("tracking domain").into())
}

/// One row more than the page holds, newest first. A partner sees its own domains and the workspace's.
pub async fn page(conn: &impl ConnectionTrait, actor: &Actor, page: &PageQuery) -> Answer<Vec<Model>> {
    let mut select = Entity::find().filter(Column::WorkspaceId.eq(actor.tenant.id()));
    if let Some(partner) = actor.partner {
        select = select.filter(of_partner_or_all(partner));
    }
    newest_first::<_, id::TrackingDomain>(conn, select, Column::Id, page).await
}

fn of_partner_or_all(partner: Id<id::Partner>) -> Expr {
    Column::PartnerId.is_null().or(Column::PartnerId.eq(partner))
}

/// The domains that new links may use, oldest first: the workspace's and every partner's own.
pub async fn usable(conn: &impl ConnectionTrait, tenant: Tenant) -> Result<Vec<Model>, DbErr> {
    let usable = Column::WorkspaceId.eq(tenant.id()).and(Column::State.ne(DomainState::Banned));
    Entity::find().filter(usable).order_by_asc(Column::Id).limit(USABLE_MAX).all(conn).await
}

/// The best domain for a partner's link: its own before the workspace's, sound before warned, old before new.
pub fn best_for(domains: &[Model], partner: Id<id::Partner>) -> Option<&Model> {
    let usable = domains.iter().filter(|domain| domain.partner_id.is_none_or(|owner| owner == partner));
    usable.min_by_key(|domain| (domain.partner_id.is_none(), domain.state != DomainState::Ok, domain.id))
}
