//! Reading plans over HTTP.

use axum::{Json, extract::State};
use kernel::{Id, Refusal, Timestamp, id};
use serde::Serialize;

use super::{
    rules::Rule,
    store::{self, PlanHistory},
    version,
};
use crate::{
    App,
    identity::permissions::CanReadPlans,
    platform::{Answer, body::PathId},
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "plv_01KAMX4S5T0000000000000000", "version": 2, "valid_from": "2026-12-01T00:00:00.000Z", "in_force": false,
    "rules": [{
        "id": "rul_01KAMX4S5T0000000000000000", "conditions": {"goal_id": "gol_01KAMX4S5T0000000000000000"},
        "effect": {"percent": "12"}, "priority": 0, "created_at": "2026-11-22T09:30:00.000Z"
    }],
    "created_by": "usr_01KAMX4S5T0000000000000000", "created_at": "2026-11-22T09:30:00.000Z"
}))]
pub struct VersionOut {
    pub id: Id<id::PlanVersion>,
    pub version: i32,
    pub valid_from: Timestamp,
    /// Prices what happens now.
    pub in_force: bool,
    pub rules: Vec<Rule>,
    pub created_by: Option<Id<id::User>>,
    pub created_at: Timestamp,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"id": "pln_01KAMX4S5T0000000000000000", "versions": []}))]
pub struct PlanOut {
    pub id: Id<id::Plan>,
    /// Newest first.
    pub versions: Vec<VersionOut>,
}

impl PlanOut {
    fn new(history: PlanHistory, now: Timestamp) -> Self {
        let present = history.version_at(now).map(|version| version.id);
        let shown = |row: version::Model| VersionOut {
            in_force: present == Some(row.id),
            id: row.id,
            version: row.version,
            valid_from: row.valid_from,
            rules: row.rules.0,
            created_by: row.created_by,
            created_at: row.created_at,
        };
        Self { id: history.plan.id, versions: history.versions.into_iter().rev().map(shown).collect() }
    }
}

/// Both plans of an offer with all their versions.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "earnings": {"id": "pln_01KAMX4S5T0000000000000000", "versions": []},
    "revenue": {"id": "pln_01KAMX4S5T0000000000000001", "versions": []}
}))]
pub struct OfferPlansOut {
    pub earnings: PlanOut,
    pub revenue: PlanOut,
}

/// What an offer's conversions earn and are charged, with every version.
#[utoipa::path(
    get, path = "/v1/offers/{id}/plan", tag = "plans", params(("id" = Id<id::Offer>, Path)),
    responses((status = 200, body = OfferPlansOut))
)]
pub async fn show(
    State(app): State<App>,
    CanReadPlans(actor): CanReadPlans,
    PathId(id): PathId<Id<id::Offer>>,
) -> Answer<Json<OfferPlansOut>> {
    let plans = store::of_offers(app.records.read(), actor.tenant, [id]).await?.remove(&id);
    let plans = plans.ok_or_else(|| Refusal::not_found("offer"))?;
    let now = app.ambient.now();
    let earnings = PlanOut::new(plans.earnings, now);
    Ok(Json(OfferPlansOut { earnings, revenue: PlanOut::new(plans.revenue, now) }))
}
