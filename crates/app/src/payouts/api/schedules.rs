//! When partners are paid by themselves.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Timestamp, id};
use serde::{Deserialize, Serialize};

use crate::{
    App,
    identity::permissions::CanPay,
    payouts::{
        entity::schedule::{Model, Rhythm, RunLine},
        schedules::{self, Wanted},
    },
    platform::{Answer, Body, body::PathId},
};

/// A schedule: what is absent is unset.
#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"rhythm": "monthly", "day": 5, "group": null, "is_automatic": false}))]
#[serde(deny_unknown_fields)]
pub struct ScheduleIn {
    /// Whom it pays; all whose group has no schedule of its own where absent.
    pub group: Option<String>,
    pub rhythm: Rhythm,
    /// Of the week, 1 is Monday; or of the month, 1 to 28. Twice a month: 1 to 14, and fourteen days later.
    pub day: i32,
    /// Its batches need nobody's agreement below the workspace's limit.
    #[serde(default)]
    pub is_automatic: bool,
    #[serde(default)]
    pub is_paused: bool,
}

impl From<ScheduleIn> for Wanted {
    fn from(new: ScheduleIn) -> Self {
        Self {
            partner_group: new.group,
            rhythm: new.rhythm,
            day: new.day,
            is_automatic: new.is_automatic,
            is_paused: new.is_paused,
        }
    }
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "pys_01KAMX4S5T0000000000000000", "group": null, "rhythm": "monthly", "day": 5, "is_automatic": false,
    "is_paused": false, "next_on": "2026-12-05", "last_run_at": null, "last_run": []
}))]
pub struct ScheduleOut {
    pub id: Id<id::PayoutSchedule>,
    pub group: Option<String>,
    pub rhythm: Rhythm,
    pub day: i32,
    pub is_automatic: bool,
    pub is_paused: bool,
    /// The next local day on which it pays.
    #[schema(value_type = String, format = Date)]
    pub next_on: String,
    pub last_run_at: Option<Timestamp>,
    /// What the last run made, and what it could not.
    pub last_run: Vec<RunLine>,
}

impl From<Model> for ScheduleOut {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            group: row.partner_group,
            rhythm: row.rhythm,
            day: row.day,
            is_automatic: row.is_automatic,
            is_paused: row.is_paused,
            next_on: row.next_on,
            last_run_at: row.last_run_at,
            last_run: row.last_run.0,
        }
    }
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"items": []}))]
pub struct SchedulesOut {
    pub items: Vec<ScheduleOut>,
}

/// Schedules of payouts.
#[utoipa::path(
    get, path = "/v1/payout-schedules", tag = "payouts", operation_id = "list_payout_schedules",
    responses((status = 200, body = SchedulesOut))
)]
pub async fn list(State(app): State<App>, CanPay(actor): CanPay) -> Answer<Json<SchedulesOut>> {
    let rows = schedules::all(app.records.read(), actor.tenant).await?;
    Ok(Json(SchedulesOut { items: rows.into_iter().map(ScheduleOut::from).collect() }))
}

/// Have partners paid by themselves.
#[utoipa::path(
    post, path = "/v1/payout-schedules", tag = "payouts", operation_id = "create_payout_schedule", request_body = ScheduleIn,
    responses((status = 201, body = ScheduleOut), (status = 409, description = "`already_exists`: the group has one"))
)]
pub async fn create(
    State(app): State<App>,
    CanPay(actor): CanPay,
    Body(new): Body<ScheduleIn>,
) -> Answer<(StatusCode, Json<ScheduleOut>)> {
    let row = schedules::create(&app, &actor, new.into()).await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

/// Change a schedule; its next day is counted anew from today.
#[utoipa::path(
    put, path = "/v1/payout-schedules/{id}", tag = "payouts", operation_id = "change_payout_schedule",
    params(("id" = Id<id::PayoutSchedule>, Path)), request_body = ScheduleIn,
    responses((status = 200, body = ScheduleOut), (status = 409, description = "`already_exists`: the group has one"))
)]
pub async fn change(
    State(app): State<App>,
    CanPay(actor): CanPay,
    PathId(id): PathId<Id<id::PayoutSchedule>>,
    Body(new): Body<ScheduleIn>,
) -> Answer<Json<ScheduleOut>> {
    Ok(Json(schedules::change(&app, &actor, id, new.into()).await?.into()))
}

/// Take a schedule away. Batches it made go their way.
#[utoipa::path(
    delete, path = "/v1/payout-schedules/{id}", tag = "payouts", operation_id = "remove_payout_schedule",
    params(("id" = Id<id::PayoutSchedule>, Path)), responses((status = 204, description = "gone"))
)]
pub async fn remove(
    State(app): State<App>,
    CanPay(actor): CanPay,
    PathId(id): PathId<Id<id::PayoutSchedule>>,
) -> Answer<StatusCode> {
    schedules::remove(&app, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
