//! Questions about offers. What an actor may not see does not exist for it.

use std::collections::HashMap;

use kernel::{Id, Refusal, Tenant, id, paging::PageQuery};
use sea_orm::{
    ConnectionTrait, ExprTrait as _, QueryOrder as _,
    entity::prelude::*,
    sea_query::{Query, SelectStatement},
};
use serde::Deserialize;

use super::{
    entity::{enrollment, goal, landing, offer},
    terms::{EnrollmentState, OfferState, Visibility},
};
use crate::{
    identity::Actor,
    platform::{
        Answer,
        external_refs::{self, RefKind},
        folding,
        listing::newest_first,
    },
};

/// One offer of the tenant, or 404.
pub async fn get(conn: &impl ConnectionTrait, tenant: Tenant, offer: Id<id::Offer>) -> Answer<offer::Model> {
    let mine = offer::Column::Id.eq(offer).and(offer::Column::WorkspaceId.eq(tenant.id()));
    let row = offer::Entity::find().filter(mine).one(conn).await?;
    row.ok_or_else(|| Refusal::not_found("offer").into())
}

/// One offer that the actor may see, or 404.
pub async fn get_visible(conn: &impl ConnectionTrait, actor: &Actor, offer: Id<id::Offer>) -> Answer<offer::Model> {
    let row = offer::Entity::find().filter(visible_to(actor).and(offer::Column::Id.eq(offer))).one(conn).await?;
    row.ok_or_else(|| Refusal::not_found("offer").into())
}

/// Offers of the tenant by id, for a batch of decisions.
pub async fn get_many(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    ids: impl IntoIterator<Item = Id<id::Offer>>,
) -> Result<HashMap<Id<id::Offer>, offer::Model>, DbErr> {
    let mine = offer::Column::WorkspaceId.eq(tenant.id()).and(offer::Column::Id.is_in(ids));
    let rows = offer::Entity::find().filter(mine).all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Goals of several offers, in their order.
pub async fn goals_of(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    offers: impl IntoIterator<Item = Id<id::Offer>>,
) -> Result<HashMap<Id<id::Offer>, Vec<goal::Model>>, DbErr> {
    let mine = goal::Column::WorkspaceId.eq(tenant.id()).and(goal::Column::OfferId.is_in(offers));
    let rows = goal::Entity::find().filter(mine).order_by_asc(goal::Column::Position).all(conn).await?;
    let mut by_offer: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        by_offer.entry(row.offer_id).or_default().push(row);
    }
    Ok(by_offer)
}

/// Landing pages of several offers, in their order.
pub async fn landings_of(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    offers: impl IntoIterator<Item = Id<id::Offer>>,
) -> Result<HashMap<Id<id::Offer>, Vec<landing::Model>>, DbErr> {
    let mine = landing::Column::WorkspaceId.eq(tenant.id()).and(landing::Column::OfferId.is_in(offers));
    let rows = landing::Entity::find().filter(mine).order_by_asc(landing::Column::Position).all(conn).await?;
    let mut by_offer: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        by_offer.entry(row.offer_id).or_default().push(row);
    }
    Ok(by_offer)
}

/// The enrollment of a partner on an offer.
pub async fn enrollment_of(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    offer: Id<id::Offer>,
    partner: Id<id::Partner>,
) -> Result<Option<enrollment::Model>, DbErr> {
    let mine = enrollment::Column::WorkspaceId
        .eq(tenant.id())
        .and(enrollment::Column::OfferId.eq(offer))
        .and(enrollment::Column::PartnerId.eq(partner));
    enrollment::Entity::find().filter(mine).one(conn).await
}

/// Which offers a list shows.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OfferFilter {
    pub state: Option<OfferState>,
    pub advertiser_id: Option<Id<id::Advertiser>>,
    pub visibility: Option<Visibility>,
    pub vertical: Option<String>,
    /// Part of the name, whatever the case, or what another system calls the offer.
    pub q: Option<String>,
}

/// One row more than the page holds, newest first, of what the actor may see.
pub async fn page(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &OfferFilter,
    page: &PageQuery,
) -> Answer<Vec<offer::Model>> {
    let q = folding::query(filter.q.as_deref())?;
    let wanted = [
        filter.state.map(|state| offer::Column::State.eq(state)),
        filter.advertiser_id.map(|advertiser| offer::Column::AdvertiserId.eq(advertiser)),
        filter.visibility.map(|visibility| offer::Column::Visibility.eq(visibility)),
        filter.vertical.as_ref().map(|vertical| offer::Column::Vertical.eq(vertical)),
        q.as_deref().map(|q| is_called(actor.tenant, q)),
    ];
    let visible = offer::Entity::find().filter(visible_to(actor));
    let select = wanted.into_iter().flatten().fold(visible, |select, wish| select.filter(wish));
    newest_first::<_, id::Offer>(conn, select, offer::Column::Id, page).await
}

/// Part of the name is `folded`, or another system calls it so.
pub fn is_called(tenant: Tenant, folded: &str) -> Expr {
    let elsewhere = external_refs::called(tenant, RefKind::Offer, folded);
    folding::contains(Expr::col(offer::Column::NameFolded), folded).or(offer::Column::Id.in_subquery(elsewhere))
}

/// What the actor may see.
pub fn visible_to(actor: &Actor) -> Expr {
    let mine = offer::Column::WorkspaceId.eq(actor.tenant.id());
    match (actor.partner, actor.advertiser) {
        (Some(partner), _) => {
            mine.and(open_to_all().or(offer::Column::Id.in_subquery(enrolled(actor.tenant, partner))))
        }
        (None, Some(advertiser)) => mine.and(offer::Column::AdvertiserId.eq(advertiser)),
        (None, None) if actor.role.is_staff() => mine,
        (None, None) => mine.and(offer::Column::Id.is_null()),
    }
}

fn open_to_all() -> Expr {
    let shown = offer::Column::Visibility.is_in([Visibility::Public, Visibility::ByApproval]);
    offer::Column::State.eq(OfferState::Active).and(shown)
}

fn enrolled(tenant: Tenant, partner: Id<id::Partner>) -> SelectStatement {
    let present = enrollment::Column::State.is_not_in([EnrollmentState::Rejected, EnrollmentState::Ended]);
    let of_partner = enrollment::Column::WorkspaceId.eq(tenant.id()).and(enrollment::Column::PartnerId.eq(partner));
    Query::select()
        .column(enrollment::Column::OfferId)
        .from(enrollment::Entity)
        .and_where(of_partner.and(present))
        .to_owned()
}
