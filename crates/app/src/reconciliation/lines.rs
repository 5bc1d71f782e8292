//! Lists of lines and of their groups.

use kernel::{Id, PageQuery, id};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, FromQueryResult, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
    sea_query::{Expr, ExprTrait as _},
};
use serde::Deserialize;

use super::{
    act::ActDifference,
    entity::{
        line::{Column, Entity, Model},
        reconciliation,
    },
    model::{LineCause, LineClass, LineDecision},
};
use crate::platform::Answer;

/// Which lines are wanted.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LineFilter {
    pub class: Option<LineClass>,
    pub cause: Option<LineCause>,
    pub offer_id: Option<Id<id::Offer>>,
    pub decision: Option<LineDecision>,
    /// Only what nobody has decided, without what matches.
    pub undecided: Option<bool>,
}

fn of(row: &reconciliation::Model) -> Select<Entity> {
    let query = Entity::find().filter(Column::WorkspaceId.eq(row.workspace_id));
    query.filter(Column::ReconciliationId.eq(row.id))
}

fn wanted(row: &reconciliation::Model, filter: &LineFilter) -> Select<Entity> {
    let mut those = Condition::all()
        .add_option(filter.class.map(|class| Column::Class.eq(class)))
        .add_option(filter.cause.map(|cause| Column::Cause.eq(cause)))
        .add_option(filter.offer_id.map(|offer| Column::OfferId.eq(offer)))
        .add_option(filter.decision.map(|decision| Column::Decision.eq(decision)));
    if filter.undecided == Some(true) {
        those = those.add(Column::Decision.is_null()).add(Column::Class.ne(LineClass::Matched));
    }
    of(row).filter(those)
}

/// A page in the order of their file, ours alone behind.
pub async fn page(
    conn: &impl ConnectionTrait,
    row: &reconciliation::Model,
    filter: &LineFilter,
    page: &PageQuery,
) -> Answer<Vec<Model>> {
    let mut query = wanted(row, filter);
    if let Some(after) = page.after::<id::ReconciliationLine>()? {
        query = query.filter(Column::Id.gt(after));
    }
    Ok(query.order_by_asc(Column::Id).limit(page.limit() + 1).all(conn).await?)
}

/// Lines of one class, cause, offer and decision in one pair of currencies, added up.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Group {
    pub class: LineClass,
    pub cause: Option<LineCause>,
    pub offer_id: Option<Id<id::Offer>>,
    pub decision: Option<LineDecision>,
    pub currency: Option<String>,
    pub theirs_currency: Option<String>,
    pub lines_count: i64,
    pub ours_minor: Option<i64>,
    pub theirs_minor: Option<i64>,
}

/// Groups of what a filter leaves, in their order.
pub async fn groups(
    conn: &impl ConnectionTrait,
    row: &reconciliation::Model,
    filter: &LineFilter,
) -> Answer<Vec<Group>> {
    let sum = |column: Column| Expr::col((Entity, column)).sum().cast_as("bigint");
    let by =
        [Column::Class, Column::Cause, Column::OfferId, Column::Decision, Column::Currency, Column::TheirsCurrency];
    let mut query = wanted(row, filter)
        .select_only()
        .columns(by)
        .column_as(Column::Id.count(), "lines_count")
        .column_as(sum(Column::OursMinor), "ours_minor")
        .column_as(sum(Column::TheirsMinor), "theirs_minor");
    for column in by {
        query = query.group_by(column);
    }
    let mut groups: Vec<Group> = query.into_model().all(conn).await?;
    groups.sort_by_key(|one| (one.class, one.cause, one.offer_id, one.decision, one.currency.clone()));
    Ok(groups)
}

/// What differed and how it was decided, for the act.
pub async fn differences(conn: &impl ConnectionTrait, row: &reconciliation::Model) -> Answer<Vec<ActDifference>> {
    let rows: Vec<(LineClass, Option<LineCause>, Option<LineDecision>, i64)> = of(row)
        .select_only()
        .columns([Column::Class, Column::Cause, Column::Decision])
        .column_as(Column::Id.count(), "lines_count")
        .group_by(Column::Class)
        .group_by(Column::Cause)
        .group_by(Column::Decision)
        .into_tuple()
        .all(conn)
        .await?;
    let told = |(class, cause, decision, lines)| ActDifference { class, cause, decision, lines };
    let mut differences: Vec<_> = rows.into_iter().map(told).collect();
    differences.sort_by_key(|one| (one.class, one.cause, one.decision));
    Ok(differences)
}
