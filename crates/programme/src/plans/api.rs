//! Plans as they are shown.

use kernel::{Id, Timestamp, id};
use serde::Serialize;

use super::{
    rules::{
        Rule,
        text::{self, Names},
    },
    store::{OfferPlans, PlanHistory},
    version,
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "plv_01KAMX4S5T0000000000000000", "version": 2, "valid_from": "2026-12-01T00:00:00.000Z", "in_force": false,
    "rules": [{
        "id": "rul_01KAMX4S5T0000000000000000", "conditions": {"goal_id": "gol_01KAMX4S5T0000000000000000"},
        "effect": {"percent": "12"}, "priority": 0, "created_at": "2026-11-22T09:30:00.000Z"
    }],
    "text": "earnings\n12% ; goal sale", "created_by": "usr_01KAMX4S5T0000000000000000", "created_at": "2026-11-22T09:30:00.000Z"
}))]
pub struct VersionOut {
    pub id: Id<id::PlanVersion>,
    pub version: i32,
    pub valid_from: Timestamp,
    /// Prices what happens now.
    pub in_force: bool,
    pub rules: Vec<Rule>,
    /// The rules as lines of text.
    pub text: String,
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
    fn new(history: PlanHistory, names: &Names, now: Timestamp) -> Self {
        let side = history.plan.side;
        let present = history.version_at(now).map(|version| version.id);
        let shown = |row: version::Model| VersionOut {
            in_force: present == Some(row.id),
            id: row.id,
            version: row.version,
            valid_from: row.valid_from,
            text: text::write_side(side, &row.rules.0, names),
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

impl OfferPlansOut {
    pub fn new(plans: OfferPlans, names: &Names, now: Timestamp) -> Self {
        let earnings = PlanOut::new(plans.earnings, names, now);
        Self { earnings, revenue: PlanOut::new(plans.revenue, names, now) }
    }
}
