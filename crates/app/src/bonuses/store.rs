//! Bonuses, figures and counts in the records.

use std::collections::{BTreeSet, HashMap};

use kernel::{Id, Tenant, Timestamp, id, paging::PageQuery};
use sea_orm::{ConnectionTrait, ExprTrait as _, entity::prelude::*, sea_query::Expr};
use serde::Deserialize;

use super::{
    entity::{
        BonusState,
        bonus::{self, Column},
        count, figure,
    },
    rules::Place,
};
use crate::{
    conversions::entity::conversion,
    identity::Actor,
    platform::{Answer, listing::newest_first},
};

/// Conversions as they stand now.
pub async fn conversions(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    ids: &BTreeSet<Id<id::Conversion>>,
) -> Result<Vec<conversion::Model>, DbErr> {
    use conversion::Column;
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::Id.is_in(ids.iter().copied()));
    conversion::Entity::find().filter(mine).all(conn).await
}

/// What conversions count for.
pub async fn counts(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    ids: &BTreeSet<Id<id::Conversion>>,
) -> Result<Vec<count::Model>, DbErr> {
    use count::Column;
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::ConversionId.is_in(ids.iter().copied()));
    count::Entity::find().filter(mine).all(conn).await
}

/// Rows of these places, and maybe of others by the same rules, partners and periods.
fn around<C: ColumnTrait>(places: &BTreeSet<Place>, [rule, partner, start]: [C; 3]) -> Expr {
    let rules: BTreeSet<_> = places.iter().map(|place| place.rule).collect();
    let partners: BTreeSet<_> = places.iter().map(|place| place.partner).collect();
    let starts: BTreeSet<_> = places.iter().map(|place| place.from).collect();
    rule.is_in(rules).and(partner.is_in(partners)).and(start.is_in(starts))
}

/// The figures of places, one for each version that was in force.
pub async fn figures(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    places: &BTreeSet<Place>,
) -> Result<HashMap<Place, Vec<figure::Model>>, DbErr> {
    use figure::Column;
    let near = around(places, [Column::RuleId, Column::PartnerId, Column::PeriodStart]);
    let mine = Column::WorkspaceId.eq(tenant.id()).and(near);
    let mut figures: HashMap<_, Vec<_>> = HashMap::new();
    for row in figure::Entity::find().filter(mine).all(conn).await? {
        figures.entry(row.place()).or_default().push(row);
    }
    Ok(figures)
}

/// The bonuses that stand at places.
pub async fn standing(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    places: &BTreeSet<Place>,
) -> Result<HashMap<Place, bonus::Model>, DbErr> {
    let near = around(places, [Column::RuleId, Column::PartnerId, Column::PeriodStart]);
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::State.eq(BonusState::Standing)).and(near);
    let rows = bonus::Entity::find().filter(mine).all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.place(), row)).collect())
}

/// Which bonuses a list shows.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BonusFilter {
    pub offer_id: Option<Id<id::Offer>>,
    pub partner_id: Option<Id<id::Partner>>,
    pub state: Option<BonusState>,
}

/// One row more than the page holds, newest first, of what the actor may see.
pub async fn page(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &BonusFilter,
    page: &PageQuery,
) -> Answer<Vec<bonus::Model>> {
    let wanted = [
        filter.offer_id.map(|offer| Column::OfferId.eq(offer)),
        filter.partner_id.map(|partner| Column::PartnerId.eq(partner)),
        filter.state.map(|state| Column::State.eq(state)),
    ];
    let visible = bonus::Entity::find().filter(actor.sees([Column::WorkspaceId, Column::PartnerId, Column::Id]));
    let select = wanted.into_iter().flatten().fold(visible, |select, wish| select.filter(wish));
    newest_first::<_, id::Bonus>(conn, select, Column::Id, page).await
}

/// Bonuses that stand and are not locked.
pub async fn holds(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    partner: Id<id::Partner>,
) -> Result<Vec<bonus::Model>, DbErr> {
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::PartnerId.eq(partner));
    let held = Column::State.eq(BonusState::Standing).and(Column::LockedAt.is_null());
    bonus::Entity::find().filter(mine.and(held)).all(conn).await
}

/// Bonuses that were given or taken back in between.
pub async fn between(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    (from, to): (Timestamp, Timestamp),
) -> Result<Vec<bonus::Model>, DbErr> {
    let within = |column: Column| column.gte(from).and(column.lt(to));
    let mine = Column::WorkspaceId.eq(tenant.id());
    bonus::Entity::find().filter(mine.and(within(Column::GivenAt).or(within(Column::TakenBackAt)))).all(conn).await
}
