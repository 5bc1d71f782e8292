//! Saying what a goal asks for.

use kernel::{Id, Refusal, id};
use sea_orm::IntoActiveModel as _;
use serde::{Deserialize, Serialize};

use super::{
    entity::definition,
    model::{QualifyingCondition, QualifyingConditions},
    rules, store,
};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    offers::{self, rules::within},
    platform::{Answer, bulk::replace_all},
};

/// What a goal asks of a customer, counted from another goal of the offer on.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "from_goal_id": "gol_01KAMX4S5T0000000000000000", "window_days": 30, "report_days": 2, "is_on": true,
    "conditions": [
        {"kind": "at_least", "figure": "deposits", "value": 1000}, {"kind": "at_least", "figure": "bets", "value": 8700}
    ]
}))]
pub struct Qualification {
    /// The goal with which a customer's window begins; not this one.
    pub from_goal_id: Id<id::Goal>,
    /// All of them are asked for.
    pub conditions: Vec<QualifyingCondition>,
    /// Local days after the one on which the window begins: 0 to 365. It ends with the last minute of the last of them.
    pub window_days: i32,
    /// Days after the window in which its last days may still be reported: 0 to 30.
    #[serde(default)]
    pub report_days: i32,
    /// Off, no further customers are asked; those whose window is open go on.
    pub is_on: bool,
}

impl From<definition::Model> for Qualification {
    fn from(row: definition::Model) -> Self {
        let definition::Model { from_goal_id, conditions, window_days, report_days, is_on, .. } = row;
        Self { from_goal_id, conditions: conditions.0, window_days, report_days, is_on }
    }
}

/// Says what a goal asks for, of customers who are won from now on.
pub async fn set(
    app: &App,
    actor: &Actor,
    (offer, goal): (Id<id::Offer>, Id<id::Goal>),
    wanted: Qualification,
) -> Answer<Qualification> {
    within("window_days", wanted.window_days, 0, rules::WINDOW_DAYS_MAX)?;
    within("report_days", wanted.report_days, 0, rules::REPORT_DAYS_MAX)?;
    rules::check(&wanted.conditions, wanted.window_days)?;
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let offer = offers::store::get(&*write, actor.tenant, offer).await?;
    let goals = offers::store::goals_of(&*write, actor.tenant, [offer.id]).await?.remove(&offer.id).unwrap_or_default();
    if !goals.iter().any(|one| one.id == goal) {
        return Err(Refusal::not_found("goal").into());
    }
    if wanted.from_goal_id == goal || !goals.iter().any(|one| one.id == wanted.from_goal_id) {
        return Err(Refusal::field("from_goal_id", "must be another goal of the offer").into());
    }
    let before = store::definition(&*write, actor.tenant, goal).await?;
    let row = definition::Model {
        goal_id: goal,
        workspace_id: actor.tenant.id(),
        offer_id: offer.id,
        advertiser_id: offer.advertiser_id,
        from_goal_id: wanted.from_goal_id,
        conditions: QualifyingConditions(wanted.conditions),
        window_days: wanted.window_days,
        report_days: wanted.report_days,
        is_on: wanted.is_on,
        since: before.as_ref().map_or_else(|| app.ambient.now(), |before| before.since),
    };
    replace_all(&*write, [row.clone().into_active_model()], definition::Column::GoalId).await?;
    let told = |row: definition::Model| serde_json::to_value(Qualification::from(row)).ok();
    let (before, after) = (before.and_then(told), told(row.clone()));
    let change = Change { action: "goal.qualification_set", subject: goal.to_string(), before, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(row.into())
}
