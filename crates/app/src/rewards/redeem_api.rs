//! Redeeming rewards over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, PageQuery, Timestamp, id};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde::{Deserialize, Serialize};

use super::{
    model::{RedemptionState, redemption},
    redeem::{self, NewRewardRedemption},
};
use crate::{
    App,
    identity::{
        Actor, Role,
        permissions::{CanGiveRewards, CanReadRewards, CanRedeemRewards},
    },
    platform::{
        Answer, Body,
        body::{Params, PathId, long_text},
        labels::Wanted,
        listing::newest_first,
    },
};

const WORDS_CHARS_MAX: usize = 1_000;

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "rwr_01KAMX4S5T0000000000000000", "partner_id": "prt_01KAMX4S5T0000000000000000", "unit": "POINTS",
    "minor": 500, "wish": "A voucher of 20 EUR", "state": "fulfilled", "words": "Voucher AUTUMN-20",
    "asked_at": "2026-11-22T09:30:00.000Z", "decided_at": "2026-11-23T09:30:00.000Z"
}))]
pub struct RewardRedemptionOut {
    pub id: Id<id::RewardRedemption>,
    pub partner_id: Id<id::Partner>,
    pub unit: String,
    /// In the unit's smallest part.
    pub minor: i64,
    pub wish: Option<String>,
    pub state: RedemptionState,
    /// What was given, or why nothing was.
    pub words: Option<String>,
    pub asked_at: Timestamp,
    pub decided_at: Option<Timestamp>,
    /// For staff alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<Id<id::User>>,
}

impl RewardRedemptionOut {
    fn of(row: redemption::Model, actor: &Actor) -> Self {
        Self {
            id: row.id,
            partner_id: row.partner_id,
            unit: row.unit,
            minor: row.amount_minor,
            wish: row.wish,
            state: row.state,
            words: row.words,
            asked_at: row.asked_at,
            decided_at: row.decided_at,
            decided_by: row.decided_by.filter(|_| actor.role.is_staff()),
        }
    }
}

/// Give rewards up for something. They are gone at once, and come back where it is declined.
#[utoipa::path(
    post, path = "/v1/reward-redemptions", tag = "rewards", request_body = NewRewardRedemption,
    responses((status = 201, body = RewardRedemptionOut), (status = 409, description = "`insufficient_balance`"))
)]
pub async fn ask(
    State(app): State<App>,
    CanRedeemRewards(actor): CanRedeemRewards,
    Body(new): Body<NewRewardRedemption>,
) -> Answer<(StatusCode, Json<RewardRedemptionOut>)> {
    let row = redeem::ask(&app, &actor, &new).await?;
    Ok((StatusCode::CREATED, Json(RewardRedemptionOut::of(row, &actor))))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RewardRedemptionFilter {
    pub partner_id: Option<Id<id::Partner>>,
    pub unit: Option<String>,
    pub state: Option<RedemptionState>,
}

/// What partners redeem, newest first. A partner sees its own.
#[utoipa::path(
    get, path = "/v1/reward-redemptions", tag = "rewards", params(RewardRedemptionFilter, PageQuery),
    responses((status = 200, body = Page<RewardRedemptionOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadRewards(actor): CanReadRewards,
    Params(filter): Params<RewardRedemptionFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<RewardRedemptionOut>>> {
    use redemption::Column;
    let wanted = [
        (actor.role == Role::Partner).then(|| Column::PartnerId.eq(actor.partner)),
        filter.partner_id.map(|partner| Column::PartnerId.eq(partner)),
        filter.unit.as_deref().map(|unit| Column::Unit.eq(unit)),
        filter.state.map(|state| Column::State.eq(state)),
    ];
    let mine = redemption::Entity::find().filter(Column::WorkspaceId.eq(actor.tenant.id()));
    let query = wanted.into_iter().flatten().fold(mine, |query, wish| query.filter(wish));
    let rows = newest_first::<_, id::RewardRedemption>(app.records.read(), query, Column::Id, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id).map(|row| RewardRedemptionOut::of(row, &actor));
    let wanted = Wanted::default()
        .with(rows.items.iter().map(|row| row.partner_id))
        .with(rows.items.iter().filter_map(|row| row.decided_by));
    Ok(Json(wanted.beside(rows, app.records.read(), actor.tenant).await?))
}

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"words": "Voucher AUTUMN-20"}))]
#[serde(deny_unknown_fields)]
pub struct RedemptionWords {
    /// What was given, such as the code of a voucher, or why nothing is. The partner reads it.
    pub words: String,
}

/// Say what was given for it.
#[utoipa::path(
    post, path = "/v1/reward-redemptions/{id}/fulfil", tag = "rewards",
    params(("id" = Id<id::RewardRedemption>, Path)), request_body = RedemptionWords,
    responses((status = 200, body = RewardRedemptionOut), (status = 409, description = "`already_decided`"))
)]
pub async fn fulfil(
    State(app): State<App>,
    CanGiveRewards(actor): CanGiveRewards,
    PathId(id): PathId<Id<id::RewardRedemption>>,
    Body(body): Body<RedemptionWords>,
) -> Answer<Json<RewardRedemptionOut>> {
    decided(&app, &actor, id, RedemptionState::Fulfilled, &body).await
}

/// Decline it: the rewards are the partner's again.
#[utoipa::path(
    post, path = "/v1/reward-redemptions/{id}/decline", tag = "rewards",
    params(("id" = Id<id::RewardRedemption>, Path)), request_body = RedemptionWords,
    responses((status = 200, body = RewardRedemptionOut), (status = 409, description = "`already_decided`"))
)]
pub async fn decline(
    State(app): State<App>,
    CanGiveRewards(actor): CanGiveRewards,
    PathId(id): PathId<Id<id::RewardRedemption>>,
    Body(body): Body<RedemptionWords>,
) -> Answer<Json<RewardRedemptionOut>> {
    decided(&app, &actor, id, RedemptionState::Declined, &body).await
}

async fn decided(
    app: &App,
    actor: &Actor,
    id: Id<id::RewardRedemption>,
    state: RedemptionState,
    body: &RedemptionWords,
) -> Answer<Json<RewardRedemptionOut>> {
    let words = long_text("words", &body.words, WORDS_CHARS_MAX)?;
    let row = redeem::decide(app, actor, id, (state, words)).await?;
    Ok(Json(RewardRedemptionOut::of(row, actor)))
}
