//! Which periods a list holds: lists and the payday board count alike.

use kernel::{Id, Tenant, id};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, Select,
    sea_query::{Expr, ExprTrait as _, Query},
};
use serde::Deserialize;

use super::{
    entity::{line, reconciliation},
    model::{LineClass, ReconciliationState},
};
use crate::results::model::Month;

/// Which reconciliations are wanted.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReconciliationFilter {
    pub advertiser_id: Option<Id<id::Advertiser>>,
    pub state: Option<ReconciliationState>,
    /// Periods that have a day of this month, such as `2026-11`.
    #[param(value_type = Option<String>)]
    pub month: Option<Month>,
    /// Those of which a difference is not decided, or those without.
    pub undecided: Option<bool>,
}

/// The periods that a filter leaves, without what was thrown away.
pub fn periods(tenant: Tenant, filter: &ReconciliationFilter) -> Select<reconciliation::Entity> {
    use reconciliation::Column;
    let mut those = Condition::all()
        .add(Column::State.ne(ReconciliationState::Discarded))
        .add_option(filter.advertiser_id.map(|advertiser| Column::AdvertiserId.eq(advertiser)))
        .add_option(filter.state.map(|state| Column::State.eq(state)));
    if let Some(month) = filter.month {
        // Days are kept as they are written, and sort so.
        those = those.add(Column::FirstDay.lte(month.last_day().to_string()));
        those = those.add(Column::LastDay.gte(month.first_day().to_string()));
    }
    if let Some(undecided) = filter.undecided {
        let open = Query::select()
            .expr(Expr::val(1))
            .from(line::Entity)
            .and_where(
                Expr::col((line::Entity, line::Column::ReconciliationId)).equals((reconciliation::Entity, Column::Id)),
            )
            .and_where(line::Column::Decision.is_null())
            .and_where(line::Column::Class.ne(LineClass::Matched))
            .to_owned();
        let has_open = Expr::exists(open);
        those = those.add(if undecided { has_open } else { has_open.not() });
    }
    reconciliation::Entity::find().filter(Column::WorkspaceId.eq(tenant.id())).filter(those)
}
