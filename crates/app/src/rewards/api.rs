//! Balances and entries of rewards over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, PageQuery, Timestamp, id};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde::{Deserialize, Serialize};

use super::{
    hand::{self, NewRewardEntry},
    model::{RewardReason, balance, entry},
};
use crate::{
    App,
    identity::{
        Actor, Role,
        permissions::{CanGiveRewards, CanReadRewards},
    },
    platform::{Answer, Body, body::Params, labels::Wanted, listing::newest_first},
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "rwb_01KAMX4S5T0000000000000000", "partner_id": "prt_01KAMX4S5T0000000000000000", "unit": "POINTS",
    "balance_minor": 500, "coming_minor": 50, "updated_at": "2026-11-22T09:30:00.000Z"
}))]
pub struct RewardBalanceOut {
    pub id: Id<id::RewardBalance>,
    pub partner_id: Id<id::Partner>,
    pub unit: String,
    /// In the unit's smallest part; below nought where more was taken back than was left.
    pub balance_minor: i64,
    /// What pending conversions give once they are approved.
    pub coming_minor: i64,
    pub updated_at: Timestamp,
}

impl From<balance::Model> for RewardBalanceOut {
    fn from(row: balance::Model) -> Self {
        let balance::Model { id, partner_id, unit, balance_minor, coming_minor, updated_at, .. } = row;
        Self { id, partner_id, unit, balance_minor, coming_minor, updated_at }
    }
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RewardBalanceFilter {
    pub partner_id: Option<Id<id::Partner>>,
    pub unit: Option<String>,
}

/// What partners have of each unit of rewards, newest first. A partner sees its own.
#[utoipa::path(
    get, path = "/v1/reward-balances", tag = "rewards", params(RewardBalanceFilter, PageQuery),
    responses((status = 200, body = Page<RewardBalanceOut>))
)]
pub async fn balances(
    State(app): State<App>,
    CanReadRewards(actor): CanReadRewards,
    Params(filter): Params<RewardBalanceFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<RewardBalanceOut>>> {
    use balance::Column;
    let wanted = [
        (actor.role == Role::Partner).then(|| Column::PartnerId.eq(actor.partner)),
        filter.partner_id.map(|partner| Column::PartnerId.eq(partner)),
        filter.unit.as_deref().map(|unit| Column::Unit.eq(unit)),
    ];
    let mine = balance::Entity::find().filter(Column::WorkspaceId.eq(actor.tenant.id()));
    let query = wanted.into_iter().flatten().fold(mine, |query, wish| query.filter(wish));
    let rows = newest_first::<_, id::RewardBalance>(app.records.read(), query, Column::Id, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id).map(RewardBalanceOut::from);
    let wanted = Wanted::default().with(rows.items.iter().map(|row| row.partner_id));
    Ok(Json(wanted.beside(rows, app.records.read(), actor.tenant).await?))
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "rwe_01KAMX4S5T0000000000000000", "partner_id": "prt_01KAMX4S5T0000000000000000", "unit": "POINTS", "number": 7,
    "minor": 50, "balance_after_minor": 500, "reason": "granted", "conversion_id": "cnv_01KAMX4S5T0000000000000000",
    "redemption_id": null, "rule_id": "rul_01KAMX4S5T0000000000000000", "words": null,
    "created_at": "2026-11-22T09:30:00.000Z"
}))]
pub struct RewardEntryOut {
    pub id: Id<id::RewardEntry>,
    pub partner_id: Id<id::Partner>,
    pub unit: String,
    /// Counts the entries of the partner in the unit from 1.
    pub number: i64,
    /// In the unit's smallest part, signed.
    pub minor: i64,
    pub balance_after_minor: i64,
    pub reason: RewardReason,
    pub conversion_id: Option<Id<id::Conversion>>,
    pub redemption_id: Option<Id<id::RewardRedemption>>,
    /// The rule that gave it.
    pub rule_id: Option<Id<id::PlanRule>>,
    /// Of a person, or of what was redeemed.
    pub words: Option<String>,
    /// For staff alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<Id<id::User>>,
    pub created_at: Timestamp,
}

impl RewardEntryOut {
    fn of(row: entry::Model, actor: &Actor) -> Self {
        Self {
            id: row.id,
            partner_id: row.partner_id,
            unit: row.unit,
            number: row.number,
            minor: row.amount_minor,
            balance_after_minor: row.balance_after_minor,
            reason: row.reason,
            conversion_id: row.conversion_id,
            redemption_id: row.redemption_id,
            rule_id: row.rule_id,
            words: row.words,
            user_id: row.user_id.filter(|_| actor.role.is_staff()),
            created_at: row.created_at,
        }
    }
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RewardEntryFilter {
    pub partner_id: Option<Id<id::Partner>>,
    pub unit: Option<String>,
    pub conversion_id: Option<Id<id::Conversion>>,
    pub reason: Option<RewardReason>,
}

/// What was given, taken back and redeemed, newest first. A partner sees its own.
#[utoipa::path(
    get, path = "/v1/reward-entries", tag = "rewards", params(RewardEntryFilter, PageQuery),
    responses((status = 200, body = Page<RewardEntryOut>))
)]
pub async fn entries(
    State(app): State<App>,
    CanReadRewards(actor): CanReadRewards,
    Params(filter): Params<RewardEntryFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<RewardEntryOut>>> {
    use entry::Column;
    let wanted = [
        (actor.role == Role::Partner).then(|| Column::PartnerId.eq(actor.partner)),
        filter.partner_id.map(|partner| Column::PartnerId.eq(partner)),
        filter.unit.as_deref().map(|unit| Column::Unit.eq(unit)),
        filter.conversion_id.map(|conversion| Column::ConversionId.eq(conversion)),
        filter.reason.map(|reason| Column::Reason.eq(reason)),
    ];
    let mine = entry::Entity::find().filter(Column::WorkspaceId.eq(actor.tenant.id()));
    let query = wanted.into_iter().flatten().fold(mine, |query, wish| query.filter(wish));
    let rows = newest_first::<_, id::RewardEntry>(app.records.read(), query, Column::Id, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id).map(|row| RewardEntryOut::of(row, &actor));
    let wanted = Wanted::default()
        .with(rows.items.iter().map(|row| row.partner_id))
        .with(rows.items.iter().filter_map(|row| row.conversion_id))
        .with(rows.items.iter().filter_map(|row| row.user_id));
    Ok(Json(wanted.beside(rows, app.records.read(), actor.tenant).await?))
}

/// Give a partner rewards, or take them, with words.
#[utoipa::path(
    post, path = "/v1/reward-entries", tag = "rewards", request_body = NewRewardEntry,
    responses((status = 201, body = RewardEntryOut))
)]
pub async fn enter(
    State(app): State<App>,
    CanGiveRewards(actor): CanGiveRewards,
    Body(new): Body<NewRewardEntry>,
) -> Answer<(StatusCode, Json<RewardEntryOut>)> {
    let row = hand::enter(&app, &actor, &new).await?;
    Ok((StatusCode::CREATED, Json(RewardEntryOut::of(row, &actor))))
}
