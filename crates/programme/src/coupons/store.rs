//! Questions about coupons and crediting.

use std::collections::{HashMap, HashSet};

use kernel::{Id, Refusal, Tenant, id, paging::PageQuery};
use sea_orm::{ConnectionTrait, ExprTrait as _, entity::prelude::*};
use serde::Deserialize;

use super::{
    entity::{coupon, crediting},
    model::CouponState,
};
use crate::{
    identity::Actor,
    platform::{
        Answer,
        folding::{self, fold},
        listing::newest_first,
    },
};

/// Coupons of a batch, by advertiser and folded code.
pub type Codes = HashMap<(Id<id::Advertiser>, String), coupon::Model>;

/// Those of `codes` that exist, of whatever advertiser.
pub async fn find_codes(conn: &impl ConnectionTrait, tenant: Tenant, codes: &HashSet<String>) -> Result<Codes, DbErr> {
    if codes.is_empty() {
        return Ok(Codes::new());
    }
    let folded: HashSet<String> = codes.iter().map(|code| fold(code)).collect();
    let rows = coupon::Entity::find()
        .filter(coupon::Column::WorkspaceId.eq(tenant.id()))
        .filter(coupon::Column::CodeFolded.is_in(folded))
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| ((row.advertiser_id, row.code_folded.clone()), row)).collect())
}

/// How these offers credit; those without a row have the defaults.
pub async fn crediting_of(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    offers: impl IntoIterator<Item = Id<id::Offer>>,
) -> Result<HashMap<Id<id::Offer>, crediting::Model>, DbErr> {
    let rows = crediting::Entity::find()
        .filter(crediting::Column::WorkspaceId.eq(tenant.id()))
        .filter(crediting::Column::OfferId.is_in(offers))
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.offer_id, row)).collect())
}

/// Which coupons a list shows.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CouponFilter {
    pub advertiser_id: Option<Id<id::Advertiser>>,
    pub partner_id: Option<Id<id::Partner>>,
    /// `leaked`: the leak list.
    pub state: Option<CouponState>,
    /// Part of the code, whatever the case.
    pub q: Option<String>,
}

/// One row more than the page holds, newest first, of what the actor may see.
pub async fn page(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &CouponFilter,
    page: &PageQuery,
) -> Answer<Vec<coupon::Model>> {
    use coupon::Column;
    let q = folding::query(filter.q.as_deref())?;
    let wanted = [
        filter.advertiser_id.map(|advertiser| Column::AdvertiserId.eq(advertiser)),
        filter.partner_id.map(|partner| Column::PartnerId.eq(partner)),
        filter.state.map(|state| Column::State.eq(state)),
        q.as_deref().map(|q| folding::contains(Expr::col(Column::CodeFolded), q)),
    ];
    let visible = coupon::Entity::find().filter(visible_to(actor));
    let select = wanted.into_iter().flatten().fold(visible, |select, wish| select.filter(wish));
    newest_first::<_, id::Coupon>(conn, select, Column::Id, page).await
}

/// One coupon that the actor may see, or 404.
pub async fn get(conn: &impl ConnectionTrait, actor: &Actor, coupon: Id<id::Coupon>) -> Answer<coupon::Model> {
    let mine = visible_to(actor).and(coupon::Column::Id.eq(coupon));
    coupon::Entity::find().filter(mine).one(conn).await?.ok_or_else(|| Refusal::not_found("coupon").into())
}

fn visible_to(actor: &Actor) -> Expr {
    use coupon::Column;
    let mine = Column::WorkspaceId.eq(actor.tenant.id());
    match (actor.partner, actor.advertiser) {
        (Some(partner), _) => mine.and(Column::PartnerId.eq(partner)),
        (None, Some(advertiser)) => mine.and(Column::AdvertiserId.eq(advertiser)),
        (None, None) if actor.role.is_staff() => mine,
        (None, None) => mine.and(Column::Id.is_null()),
    }
}
