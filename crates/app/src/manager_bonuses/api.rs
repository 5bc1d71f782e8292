//! Managers' bonuses over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Money, Page, PageQuery, Timestamp, decimal::Decimal8, id};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde::{Deserialize, Serialize};

use super::{
    close,
    model::{BonusBase, BonusBasis, plan, statement},
    plans::{self, ManagerBonusPlanIn},
    rules,
};
use crate::{
    App,
    identity::permissions::{CanCloseManagerBonuses, CanReadManagerBonuses, CanSetManagerBonuses},
    platform::{Answer, Body, body::Params, columns::TextList, labels::Wanted, listing::newest_first},
    results::model::Month,
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "mbp_01KAMX4S5T0000000000000000", "manager_id": "usr_01KAMX4S5T0000000000000000", "base": "profit",
    "basis": "collected", "sum": null, "percent": "5", "from_month": "2026-11",
    "formula": "5% * (collected revenue - earnings)", "created_at": "2026-11-22T09:30:00.000Z"
}))]
pub struct ManagerBonusPlanOut {
    pub id: Id<id::ManagerBonusPlan>,
    pub manager_id: Id<id::User>,
    pub base: BonusBase,
    pub basis: BonusBasis,
    pub sum: Option<Money>,
    pub percent: Option<Decimal8>,
    pub from_month: String,
    pub formula: String,
    pub created_at: Timestamp,
}

impl From<plan::Model> for ManagerBonusPlanOut {
    fn from(row: plan::Model) -> Self {
        Self {
            formula: rules::formula(&row),
            sum: row.sum_minor.map(|minor| Money::new(minor, row.currency())),
            id: row.id,
            manager_id: row.manager_id,
            base: row.base,
            basis: row.basis,
            percent: row.percent_e8.map(Decimal8::from_raw),
            from_month: row.from_month,
            created_at: row.created_at,
        }
    }
}

/// Set what a manager gets from a month on for the partners it is responsible for.
#[utoipa::path(
    post, path = "/v1/manager-bonus-plans", tag = "payouts", request_body = ManagerBonusPlanIn,
    responses((status = 201, body = ManagerBonusPlanOut))
)]
pub async fn set_plan(
    State(app): State<App>,
    CanSetManagerBonuses(actor): CanSetManagerBonuses,
    Body(new): Body<ManagerBonusPlanIn>,
) -> Answer<(StatusCode, Json<ManagerBonusPlanOut>)> {
    let row = plans::set(&app, &actor, &new).await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

/// Plans of managers, newest first. A manager sees its own.
#[utoipa::path(
    get, path = "/v1/manager-bonus-plans", tag = "payouts", params(PageQuery),
    responses((status = 200, body = Page<ManagerBonusPlanOut>))
)]
pub async fn list_plans(
    State(app): State<App>,
    CanReadManagerBonuses(actor): CanReadManagerBonuses,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<ManagerBonusPlanOut>>> {
    let mut query = plan::Entity::find().filter(plan::Column::WorkspaceId.eq(actor.tenant.id()));
    if let Some(manager) = close::whose(&actor) {
        query = query.filter(plan::Column::ManagerId.eq(manager));
    }
    let rows = newest_first::<_, id::ManagerBonusPlan>(app.records.read(), query, plan::Column::Id, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id).map(ManagerBonusPlanOut::from);
    let wanted = Wanted::default().with(rows.items.iter().map(|row| row.manager_id));
    Ok(Json(wanted.beside(rows, app.records.read(), actor.tenant).await?))
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "mbs_01KAMX4S5T0000000000000000", "manager_id": "usr_01KAMX4S5T0000000000000000", "month": "2026-11",
    "formula": "5% * (collected revenue - earnings)", "conversions": 118,
    "earnings": {"minor": 94400, "currency": "EUR"}, "revenue": {"minor": 141600, "currency": "EUR"},
    "collected": {"minor": 120000, "currency": "EUR"}, "without_rate": [], "amount": {"minor": 1280, "currency": "EUR"},
    "closed_at": "2026-12-01T08:00:00.000Z", "closed_by": "usr_01KAMX4S5T0000000000000000"
}))]
pub struct ManagerBonusOut {
    pub id: Id<id::ManagerBonusStatement>,
    pub manager_id: Id<id::User>,
    pub month: String,
    pub formula: String,
    /// Approved conversions of the partners, by the day on which they were decided.
    pub conversions: i64,
    pub earnings: Money,
    pub revenue: Money,
    /// Revenue that advertisers paid.
    pub collected: Money,
    /// Currencies of amounts that no rate was known for: they are in no figure.
    pub without_rate: TextList,
    pub amount: Money,
    pub closed_at: Timestamp,
    pub closed_by: Id<id::User>,
}

impl From<statement::Model> for ManagerBonusOut {
    fn from(row: statement::Model) -> Self {
        let figure = |minor| Money::new(minor, row.figures_currency());
        Self {
            earnings: figure(row.earnings_minor),
            revenue: figure(row.revenue_minor),
            collected: figure(row.collected_minor),
            amount: Money::new(row.amount_minor, row.currency()),
            id: row.id,
            manager_id: row.manager_id,
            month: row.month,
            formula: row.formula,
            conversions: row.conversions,
            without_rate: row.without_rate,
            closed_at: row.closed_at,
            closed_by: row.closed_by,
        }
    }
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ManagerBonusFilter {
    pub manager_id: Option<Id<id::User>>,
    /// Such as `2026-11`.
    pub month: Option<String>,
}

/// Statements of closed months, newest first. A manager sees its own.
#[utoipa::path(
    get, path = "/v1/manager-bonuses", tag = "payouts", params(ManagerBonusFilter, PageQuery),
    responses((status = 200, body = Page<ManagerBonusOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadManagerBonuses(actor): CanReadManagerBonuses,
    Params(filter): Params<ManagerBonusFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<ManagerBonusOut>>> {
    use statement::Column;
    let month = filter.month.as_deref().map(str::parse::<Month>).transpose()?;
    let wanted = [
        close::whose(&actor).map(|manager| Column::ManagerId.eq(manager)),
        filter.manager_id.map(|manager| Column::ManagerId.eq(manager)),
        month.map(|month| Column::Month.eq(month.to_string())),
    ];
    let mine = statement::Entity::find().filter(Column::WorkspaceId.eq(actor.tenant.id()));
    let query = wanted.into_iter().flatten().fold(mine, |query, wish| query.filter(wish));
    let rows = newest_first::<_, id::ManagerBonusStatement>(app.records.read(), query, Column::Id, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id).map(ManagerBonusOut::from);
    let wanted = Wanted::default().with(rows.items.iter().flat_map(|row| [row.manager_id, row.closed_by]));
    Ok(Json(wanted.beside(rows, app.records.read(), actor.tenant).await?))
}

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"month": "2026-11"}))]
#[serde(deny_unknown_fields)]
pub struct MonthToClose {
    pub month: String,
}

/// Close a month: the statement of each manager with a plan is worked out and frozen. Those that stand stay as they are.
#[utoipa::path(
    post, path = "/v1/manager-bonuses/close", tag = "payouts", request_body = MonthToClose,
    responses((status = 200, body = Page<ManagerBonusOut>), (status = 409, description = "`month_not_over`"))
)]
pub async fn close_month(
    State(app): State<App>,
    CanCloseManagerBonuses(actor): CanCloseManagerBonuses,
    Body(body): Body<MonthToClose>,
) -> Answer<Json<Page<ManagerBonusOut>>> {
    let rows = close::close(&app, &actor, body.month.parse()?).await?;
    let rows = Page::whole(rows.into_iter().map(ManagerBonusOut::from).collect::<Vec<_>>());
    let wanted = Wanted::default().with(rows.items.iter().flat_map(|row| [row.manager_id, row.closed_by]));
    Ok(Json(wanted.beside(rows, app.records.read(), actor.tenant).await?))
}
