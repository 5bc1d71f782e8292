//! Postings and their rows in the records.

use std::collections::HashMap;

use kernel::{Id, Refusal, Tenant, id, paging::PageQuery};
use sea_orm::{ConnectionTrait, ExprTrait as _, QueryOrder as _, entity::prelude::*};
use serde::Deserialize;

use super::{
    entity::{accrual, posting},
    rules::Place,
};
use crate::{
    identity::Actor,
    platform::{Answer, listing::newest_first},
};

/// Rows of one posting that are shown.
pub const ROWS_MAX: u64 = 2_000;

/// Units of an offer that were posted of the days from `first` on, by place and rule.
pub async fn posted(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    offer: Id<id::Offer>,
    first: &str,
) -> Result<HashMap<(Place, Id<id::PlanRule>), i64>, DbErr> {
    use accrual::Column;
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::OfferId.eq(offer)).and(Column::Day.gte(first));
    let mut posted = HashMap::new();
    for row in accrual::Entity::find().filter(mine).all(conn).await? {
        let accrual::Model { from_at: from, partner_id: partner, link_id: link, side, unit, .. } = row;
        *posted.entry((Place { from, partner, link, side, unit }, row.rule_id)).or_default() += row.units;
    }
    Ok(posted)
}

/// The last posting of a partner on an offer.
pub async fn last_posting(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    offer: Id<id::Offer>,
    partner: Id<id::Partner>,
) -> Result<Option<posting::Model>, DbErr> {
    use posting::Column;
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::OfferId.eq(offer)).and(Column::PartnerId.eq(partner));
    posting::Entity::find().filter(mine).order_by_desc(Column::Day).one(conn).await
}

/// Which postings a list shows.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PostingFilter {
    pub offer_id: Option<Id<id::Offer>>,
    pub partner_id: Option<Id<id::Partner>>,
}

/// One row more than the page holds, newest first, of what the actor may see.
pub async fn page(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &PostingFilter,
    page: &PageQuery,
) -> Answer<Vec<posting::Model>> {
    use posting::Column;
    let wanted = [
        filter.offer_id.map(|offer| Column::OfferId.eq(offer)),
        filter.partner_id.map(|partner| Column::PartnerId.eq(partner)),
    ];
    let visible = posting::Entity::find().filter(visible_to(actor));
    let select = wanted.into_iter().flatten().fold(visible, |select, wish| select.filter(wish));
    newest_first::<_, id::AccrualPosting>(conn, select, Column::Id, page).await
}

/// One posting that the actor may see, or 404.
pub async fn get(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    posting: Id<id::AccrualPosting>,
) -> Answer<posting::Model> {
    let mine = visible_to(actor).and(posting::Column::Id.eq(posting));
    let row = posting::Entity::find().filter(mine).one(conn).await?;
    row.ok_or_else(|| Refusal::not_found("posting").into())
}

fn visible_to(actor: &Actor) -> Expr {
    use posting::Column;
    actor.sees([Column::WorkspaceId, Column::PartnerId, Column::Id])
}

/// The rows of postings, oldest day first.
pub async fn rows_of(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    postings: impl IntoIterator<Item = Id<id::AccrualPosting>>,
) -> Result<Vec<accrual::Model>, DbErr> {
    use accrual::Column;
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::PostingId.is_in(postings));
    accrual::Entity::find().filter(mine).order_by_asc(Column::FromAt).order_by_asc(Column::Id).all(conn).await
}

/// Postings that are approved and not locked.
pub async fn holds(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    partner: Id<id::Partner>,
) -> Result<Vec<posting::Model>, DbErr> {
    use posting::Column;
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::PartnerId.eq(partner));
    posting::Entity::find().filter(mine.and(Column::LockedAt.is_null())).all(conn).await
}
