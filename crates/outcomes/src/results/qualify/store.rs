//! Questions about qualification.

use std::collections::HashMap;

use kernel::{Id, Tenant, Timestamp, id, paging::PageQuery};
use sea_orm::{
    ConnectionTrait, ExprTrait as _, QueryOrder as _, QuerySelect as _, QueryTrait as _, entity::prelude::*,
};
use serde::Deserialize;

use super::{
    entity::{definition, progress},
    model::QualificationState,
};
use crate::{
    conversions::{Status, entity::conversion},
    identity::Actor,
    platform::{Answer, listing::newest_first},
    results::entity::result,
};

/// States in which a conversion counts as accepted.
pub const ACCEPTED: [Status; 4] = [Status::Pending, Status::Approved, Status::Locked, Status::Paid];

/// What a goal asks for, where it asks for anything.
pub async fn definition(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    goal: Id<id::Goal>,
) -> Result<Option<definition::Model>, DbErr> {
    let mine = definition::Column::WorkspaceId.eq(tenant.id()).and(definition::Column::GoalId.eq(goal));
    definition::Entity::find().filter(mine).one(conn).await
}

/// Conversions whose customers have no window for the goal yet, oldest first.
pub async fn unwatched(
    conn: &impl ConnectionTrait,
    definition: &definition::Model,
    limit: u64,
) -> Result<Vec<conversion::Model>, DbErr> {
    use conversion::Column;
    let watched = progress::Entity::find()
        .select_only()
        .column(progress::Column::CustomerId)
        .filter(progress::Column::WorkspaceId.eq(definition.workspace_id))
        .filter(progress::Column::GoalId.eq(definition.goal_id))
        .into_query();
    conversion::Entity::find()
        .filter(Column::WorkspaceId.eq(definition.workspace_id))
        .filter(Column::OfferId.eq(definition.offer_id))
        .filter(Column::GoalId.eq(definition.from_goal_id))
        .filter(Column::EventAt.gte(definition.since))
        .filter(Column::Status.is_in(ACCEPTED))
        .filter(Column::CustomerId.is_not_null())
        .filter(Column::CustomerId.not_in_subquery(watched))
        .order_by_asc(Column::EventAt)
        .limit(limit)
        .all(conn)
        .await
}

/// Open windows, those looked at longest ago first.
pub async fn open(conn: &impl ConnectionTrait, before: Timestamp, limit: u64) -> Result<Vec<progress::Model>, DbErr> {
    use progress::Column;
    progress::Entity::find()
        .filter(Column::State.eq(QualificationState::Open))
        .filter(Column::CheckedAt.lt(before))
        .order_by_asc(Column::CheckedAt)
        .limit(limit)
        .all(conn)
        .await
}

/// Met, and not reported yet.
pub async fn unreported(conn: &impl ConnectionTrait, limit: u64) -> Result<Vec<progress::Model>, DbErr> {
    use progress::Column;
    let met = Column::State.eq(QualificationState::Met).and(Column::ConversionId.is_null());
    progress::Entity::find().filter(met).order_by_asc(Column::CheckedAt).limit(limit).all(conn).await
}

/// Days of these customers from `first` to `last`.
pub async fn days_of(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    customers: &[Id<id::Customer>],
    (first, last): (String, String),
) -> Result<HashMap<Id<id::Customer>, Vec<result::Model>>, DbErr> {
    use result::Column;
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::CustomerId.is_in(customers.iter().copied()));
    let rows = result::Entity::find().filter(mine.and(Column::Day.between(first, last))).all(conn).await?;
    let mut days: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        days.entry(row.customer_id).or_default().push(row);
    }
    Ok(days)
}

/// Accepted conversions of these customers: customer, offer, goal and moment.
pub async fn orders_of(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    customers: &[Id<id::Customer>],
) -> Result<Vec<Order>, DbErr> {
    use conversion::Column;
    conversion::Entity::find()
        .select_only()
        .columns([Column::CustomerId, Column::OfferId, Column::GoalId, Column::EventAt])
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::CustomerId.is_in(customers.iter().copied()))
        .filter(Column::Status.is_in(ACCEPTED))
        .into_tuple()
        .all(conn)
        .await
}

pub type Order = (Option<Id<id::Customer>>, Option<Id<id::Offer>>, Option<Id<id::Goal>>, Timestamp);

/// Which progress a list shows.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ProgressFilter {
    pub offer_id: Option<Id<id::Offer>>,
    pub goal_id: Option<Id<id::Goal>>,
    pub customer_id: Option<Id<id::Customer>>,
    /// The conversion with which the window began, or the one that came of it.
    pub conversion_id: Option<Id<id::Conversion>>,
    pub state: Option<QualificationState>,
}

/// One row more than the page holds, newest first, of what the actor may see.
pub async fn page(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &ProgressFilter,
    page: &PageQuery,
) -> Answer<Vec<progress::Model>> {
    use progress::Column;
    let of_conversion = |conversion: Id<id::Conversion>| {
        Column::FromConversionId.eq(conversion).or(Column::ConversionId.eq(conversion))
    };
    let wanted = [
        filter.offer_id.map(|offer| Column::OfferId.eq(offer)),
        filter.goal_id.map(|goal| Column::GoalId.eq(goal)),
        filter.customer_id.map(|customer| Column::CustomerId.eq(customer)),
        filter.conversion_id.map(of_conversion),
        filter.state.map(|state| Column::State.eq(state)),
        actor.partner.map(|partner| Column::PartnerId.eq(partner)),
        actor.advertiser.map(|advertiser| Column::AdvertiserId.eq(advertiser)),
    ];
    let mine = progress::Entity::find().filter(Column::WorkspaceId.eq(actor.tenant.id()));
    let select = wanted.into_iter().flatten().fold(mine, |select, wish| select.filter(wish));
    newest_first::<_, id::Qualification>(conn, select, Column::Id, page).await
}
