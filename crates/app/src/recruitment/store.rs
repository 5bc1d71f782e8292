//! Shares and judgements in the records.

use std::collections::{BTreeSet, HashSet};

use kernel::{Id, Tenant, Timestamp, id, paging::PageQuery};
use sea_orm::{
    ConnectionTrait, ExprTrait as _, FromQueryResult, QueryOrder as _, QuerySelect as _, entity::prelude::*,
};
use serde::Deserialize;

use super::entity::{
    judgement,
    share::{self, Column, Entity},
};
use crate::{
    conversions::entity::{commission, conversion},
    identity::Actor,
    partners::model as partner,
    platform::{Answer, listing::newest_first},
};

/// Recruited partners that are shown of one recruiter.
const RECRUITS_MAX: u64 = 1_000;

type Conversions = BTreeSet<Id<id::Conversion>>;

/// Conversions as they stand now.
pub async fn conversions(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    ids: &Conversions,
) -> Result<Vec<conversion::Model>, DbErr> {
    use conversion::Column;
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::Id.is_in(ids.iter().copied()));
    conversion::Entity::find().filter(mine).order_by_asc(Column::Id).all(conn).await
}

/// What partners earn of conversions.
pub async fn commissions(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    ids: &Conversions,
) -> Result<Vec<commission::Model>, DbErr> {
    use commission::Column;
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::ConversionId.is_in(ids.iter().copied()));
    commission::Entity::find().filter(mine).order_by_asc(Column::Id).all(conn).await
}

/// Of which conversions and partners was judged already.
pub async fn judged(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    ids: &Conversions,
) -> Result<HashSet<(Id<id::Conversion>, Id<id::Partner>)>, DbErr> {
    use judgement::Column;
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::ConversionId.is_in(ids.iter().copied()));
    let rows = judgement::Entity::find().filter(mine).all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.conversion_id, row.recruited_id)).collect())
}

/// The shares of conversions, in the order in which they were given.
pub async fn shares(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    ids: &Conversions,
) -> Result<Vec<share::Model>, DbErr> {
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::ConversionId.is_in(ids.iter().copied()));
    Entity::find().filter(mine).order_by_asc(Column::Id).all(conn).await
}

/// Which shares a list shows.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ShareFilter {
    /// The recruiter.
    pub partner_id: Option<Id<id::Partner>>,
    /// For staff alone, as the two that follow.
    pub recruited_id: Option<Id<id::Partner>>,
    pub offer_id: Option<Id<id::Offer>>,
    pub conversion_id: Option<Id<id::Conversion>>,
}

/// One row more than the page holds, newest first, of what the actor may see.
pub async fn page(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &ShareFilter,
    page: &PageQuery,
) -> Answer<Vec<share::Model>> {
    let of_staff = [
        filter.recruited_id.map(|recruited| Column::RecruitedId.eq(recruited)),
        filter.offer_id.map(|offer| Column::OfferId.eq(offer)),
        filter.conversion_id.map(|conversion| Column::ConversionId.eq(conversion)),
    ];
    let of_staff = of_staff.into_iter().flatten().filter(|_| actor.role.is_staff());
    let wanted = filter.partner_id.map(|partner| Column::PartnerId.eq(partner));
    let visible = Entity::find().filter(actor.sees([Column::WorkspaceId, Column::PartnerId, Column::Id]));
    let select = wanted.into_iter().chain(of_staff).fold(visible, |select, wish| select.filter(wish));
    newest_first::<_, id::RecruiterShare>(conn, select, Column::Id, page).await
}

/// Those that a partner recruited itself, newest first.
pub async fn recruits(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    recruiter: Id<id::Partner>,
) -> Result<Vec<partner::Model>, DbErr> {
    use partner::Column;
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::RecruitedBy.eq(recruiter));
    partner::Entity::find().filter(mine).order_by_desc(Column::RecruitedAt).limit(RECRUITS_MAX).all(conn).await
}

/// What one recruited partner brought in one currency.
#[derive(Debug, FromQueryResult)]
pub struct Brought {
    pub recruited_id: Id<id::Partner>,
    pub currency: String,
    pub minor: i64,
}

/// What recruited partners brought their recruiter.
pub async fn brought(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    recruiter: Id<id::Partner>,
) -> Result<Vec<Brought>, DbErr> {
    let sum = Expr::col((Entity, Column::AmountMinor)).sum().cast_as("bigint");
    Entity::find()
        .select_only()
        .column(Column::RecruitedId)
        .column(Column::Currency)
        .column_as(sum, "minor")
        .filter(Column::WorkspaceId.eq(tenant.id()).and(Column::PartnerId.eq(recruiter)))
        .group_by(Column::RecruitedId)
        .group_by(Column::Currency)
        .into_model()
        .all(conn)
        .await
}

/// Shares that are approved and not locked.
pub async fn holds(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    partner: Id<id::Partner>,
) -> Result<Vec<share::Model>, DbErr> {
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::PartnerId.eq(partner));
    let held = Column::LockedAt.is_null().and(Column::AmountMinor.gt(0));
    Entity::find().filter(mine.and(held)).all(conn).await
}

/// Shares that were given in between.
pub async fn between(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    (from, to): (Timestamp, Timestamp),
) -> Result<Vec<share::Model>, DbErr> {
    let within = Column::GivenAt.gte(from).and(Column::GivenAt.lt(to));
    Entity::find().filter(Column::WorkspaceId.eq(tenant.id()).and(within)).all(conn).await
}
