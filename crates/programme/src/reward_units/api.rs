//! Units of rewards over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Page, Timestamp};
use serde::Serialize;

use super::{
    change::{self, NewRewardUnit, RewardUnitChange},
    model::{Model, RewardKind},
    store,
};
use crate::{
    App,
    identity::permissions::{CanEditRewardUnits, CanReadRewards},
    platform::{Answer, Body, body::PathId},
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "code": "POINTS", "name": "Points", "decimals": 0, "kind": "points", "is_active": true,
    "created_at": "2026-11-22T09:30:00.000Z"
}))]
pub struct RewardUnitOut {
    pub code: String,
    pub name: String,
    /// Amounts are whole numbers of the smallest part: with 2 decimals 12083 is 120.83 units.
    pub decimals: i32,
    pub kind: RewardKind,
    pub is_active: bool,
    pub created_at: Timestamp,
}

impl From<Model> for RewardUnitOut {
    fn from(row: Model) -> Self {
        let Model { code, name, decimals, kind, is_active, created_at, .. } = row;
        Self { code, name, decimals, kind, is_active, created_at }
    }
}

/// Units of rewards that are not money, by their codes.
#[utoipa::path(
    get, path = "/v1/reward-units", tag = "rewards", responses((status = 200, body = Page<RewardUnitOut>))
)]
pub async fn list(State(app): State<App>, CanReadRewards(actor): CanReadRewards) -> Answer<Json<Page<RewardUnitOut>>> {
    let rows = store::of_tenant(app.records.read(), actor.tenant).await?;
    Ok(Json(Page::whole(rows.into_iter().map(RewardUnitOut::from).collect::<Vec<_>>())))
}

/// Make a unit of rewards: credit or points that plans may give beside money.
#[utoipa::path(
    post, path = "/v1/reward-units", tag = "rewards", request_body = NewRewardUnit,
    responses((status = 201, body = RewardUnitOut), (status = 409, description = "`already_exists`, `too_many_of_them`"))
)]
pub async fn create(
    State(app): State<App>,
    CanEditRewardUnits(actor): CanEditRewardUnits,
    Body(new): Body<NewRewardUnit>,
) -> Answer<(StatusCode, Json<RewardUnitOut>)> {
    let row = change::create(&app, &actor, &new).await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

/// Rename a unit, or take it out of use for further rules. Its decimals stay.
#[utoipa::path(
    patch, path = "/v1/reward-units/{code}", tag = "rewards", params(("code" = String, Path)),
    request_body = RewardUnitChange, responses((status = 200, body = RewardUnitOut))
)]
pub async fn update(
    State(app): State<App>,
    CanEditRewardUnits(actor): CanEditRewardUnits,
    PathId(code): PathId<String>,
    Body(body): Body<RewardUnitChange>,
) -> Answer<Json<RewardUnitOut>> {
    Ok(Json(change::change(&app, &actor, &code, &body).await?.into()))
}
