//! What a rule would find now, before it is kept.

use axum::{Json, extract::State};
use events::question::Unit;
use kernel::Timestamp;
use serde::Serialize;

use crate::{
    App,
    alerts::{follow, look, names, rules, rules::Judged, watch::Watch},
    identity::permissions::CanReadAlerts,
    platform::{Answer, Body, labels::Labels},
    reports, workspaces,
};

/// Subjects that are told.
const TOLD_MAX: usize = 50;

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "unit": "count", "currency": null, "window_from": "2026-11-21T09:00:00.000Z",
    "window_to": "2026-11-22T09:00:00.000Z", "looked_at": 1, "found": 1,
    "subjects": [{"subject": "", "seen": 412, "usual_from": 500, "usual_to": null, "before": 611, "is_found": true}],
    "labels": {}
}))]
pub struct AlertTrial {
    pub unit: Option<Unit>,
    pub currency: Option<String>,
    pub window_from: Timestamp,
    pub window_to: Timestamp,
    /// How many subjects were judged, and how many of them found.
    pub looked_at: usize,
    pub found: usize,
    /// Those found first, 50 at most.
    pub subjects: Vec<TriedSubject>,
    /// Names by id.
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    pub labels: Labels,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct TriedSubject {
    /// Empty for the whole.
    pub subject: String,
    pub seen: Option<i64>,
    pub usual_from: Option<i64>,
    pub usual_to: Option<i64>,
    pub before: Option<i64>,
    pub is_found: bool,
}

impl TriedSubject {
    fn of(judged: Judged) -> Self {
        let Judged { subject, seen, usual_from, usual_to, before, is_found } = judged;
        Self { subject, seen, usual_from, usual_to, before, is_found }
    }
}

/// What a rule would find now. Nothing is kept and nobody is told.
#[utoipa::path(
    post, path = "/v1/alert-rules/try", tag = "alerts", operation_id = "try_alert_rule", request_body = Watch,
    responses((status = 200, body = AlertTrial))
)]
pub async fn try_rule(
    State(app): State<App>,
    CanReadAlerts(actor): CanReadAlerts,
    Body(watch): Body<Watch>,
) -> Answer<Json<AlertTrial>> {
    let workspace = workspaces::store::get(app.records.read(), actor.tenant).await?;
    let to = follow::whole_hour(app.shipper.fresh_to());
    let looked = look::look(&app, &reports::asker_of_workspace(&workspace)?, &watch, to).await?;
    let mut judged = looked.judged;
    judged.sort_by_key(|one| !one.is_found);
    let (looked_at, found) = (judged.len(), judged.iter().filter(|one| one.is_found).count());
    judged.truncate(TOLD_MAX);
    let labels = names::names(app.records.read(), actor.tenant, judged.iter().map(|one| one.subject.as_str())).await?;
    Ok(Json(AlertTrial {
        unit: rules::unit(Some(&watch)),
        currency: looked.currency.map(|currency| currency.to_string()),
        window_from: looked.from,
        window_to: looked.to,
        looked_at,
        found,
        subjects: judged.into_iter().map(TriedSubject::of).collect(),
        labels,
    }))
}
