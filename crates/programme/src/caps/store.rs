//! Questions about caps. What an actor may not see does not exist for it.

use std::collections::HashMap;

use kernel::{Id, Refusal, Tenant, Timestamp, id, paging::PageQuery};
use sea_orm::{ConnectionTrait, ExprTrait as _, QuerySelect as _, entity::prelude::*};
use serde::Deserialize;

use super::{
    entity::{cap, counter},
    model::{CapDecision, CapKind, CapMetric, CapScope, CapState},
};
use crate::{
    identity::Actor,
    offers::{self, entity::offer},
    platform::{Answer, listing::newest_first},
};

/// Caps of one workspace.
pub const CAPS_MAX: u64 = 10_000;

/// One cap of the tenant, or 404.
pub async fn get(conn: &impl ConnectionTrait, tenant: Tenant, cap: Id<id::Cap>) -> Answer<cap::Model> {
    let mine = cap::Column::WorkspaceId.eq(tenant.id()).and(cap::Column::Id.eq(cap));
    cap::Entity::find().filter(mine).one(conn).await?.ok_or_else(|| Refusal::not_found("cap").into())
}

/// One cap that the actor may see, or 404.
pub async fn get_visible(conn: &impl ConnectionTrait, actor: &Actor, cap: Id<id::Cap>) -> Answer<cap::Model> {
    let mine = visible_to(actor).and(cap::Column::Id.eq(cap));
    cap::Entity::find().filter(mine).one(conn).await?.ok_or_else(|| Refusal::not_found("cap").into())
}

/// Which caps a list shows.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CapFilterQuery {
    pub offer_id: Option<Id<id::Offer>>,
    pub partner_id: Option<Id<id::Partner>>,
    pub advertiser_id: Option<Id<id::Advertiser>>,
    pub metric: Option<CapMetric>,
    pub scope: Option<CapScope>,
    pub state: Option<CapState>,
    pub kind: Option<CapKind>,
    /// `open`: test caps that wait for a decision.
    pub decision: Option<CapDecision>,
}

/// One row more than the page holds, newest first, of what the actor may see.
pub async fn page(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &CapFilterQuery,
    page: &PageQuery,
) -> Answer<Vec<cap::Model>> {
    use cap::Column;
    let wanted = [
        filter.offer_id.map(|offer| Column::OfferId.eq(offer)),
        filter.partner_id.map(|partner| Column::PartnerId.eq(partner)),
        filter.advertiser_id.map(|advertiser| Column::AdvertiserId.eq(advertiser)),
        filter.metric.map(|metric| Column::Metric.eq(metric)),
        filter.scope.map(|scope| Column::Scope.eq(scope)),
        filter.state.map(|state| Column::State.eq(state)),
        filter.kind.map(|kind| Column::Kind.eq(kind)),
        filter.decision.map(|decision| Column::Decision.eq(decision)),
    ];
    let visible = cap::Entity::find().filter(visible_to(actor));
    let select = wanted.into_iter().flatten().fold(visible, |select, wish| select.filter(wish));
    newest_first::<_, id::Cap>(conn, select, Column::Id, page).await
}

/// A partner sees the active caps of its offers that are its own or everybody's, without the advertiser's money; an
/// advertiser those of its offers, without the partners'.
fn visible_to(actor: &Actor) -> Expr {
    use cap::Column;
    let mine = Column::WorkspaceId.eq(actor.tenant.id());
    let of_offers = || {
        let offers = sea_orm::sea_query::Query::select()
            .column(offer::Column::Id)
            .from(offer::Entity)
            .and_where(offers::store::visible_to(actor))
            .to_owned();
        Column::OfferId.in_subquery(offers)
    };
    match (actor.partner, actor.advertiser) {
        (Some(partner), _) => {
            let shown = Column::State.eq(CapState::Active).and(Column::Metric.ne(CapMetric::Revenue));
            let everybodys = Column::PartnerId.is_null().and(Column::Scope.is_in([CapScope::Offer, CapScope::Goal]));
            mine.and(shown).and(of_offers()).and(everybodys.or(Column::PartnerId.eq(partner)))
        }
        (None, Some(advertiser)) => {
            let shown = Column::Metric.ne(CapMetric::Payout);
            mine.and(shown).and(Column::AdvertiserId.eq(advertiser)).and(Column::PartnerId.is_null())
        }
        (None, None) if actor.role.is_staff() => mine,
        (None, None) => mine.and(Column::Id.is_null()),
    }
}

/// Counters of the present periods of these caps, by cap; absent where nothing was counted.
pub async fn counters_at(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    caps: &[cap::Model],
    now: Timestamp,
) -> Answer<HashMap<Id<id::Cap>, counter::Model>> {
    let mut keys = Vec::with_capacity(caps.len());
    for cap in caps {
        keys.push(counter::key(cap.id, cap.period().around(now, &cap.zone()?).start));
    }
    let rows = counter::Entity::find()
        .filter(counter::Column::WorkspaceId.eq(tenant.id()))
        .filter(counter::Column::Id.is_in(keys))
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.cap_id, row)).collect())
}

/// Caps that are not gone.
pub async fn living_count(conn: &impl ConnectionTrait, tenant: Tenant) -> Result<u64, DbErr> {
    let living = cap::Column::WorkspaceId.eq(tenant.id()).and(cap::Column::State.ne(CapState::Ended));
    cap::Entity::find().filter(living).select_only().column(cap::Column::Id).count(conn).await
}
