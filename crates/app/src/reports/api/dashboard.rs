//! The first page one sees.

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use events::question::{Cell, Unit, asked::Compare, run::AnswerColumn};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    App,
    identity::permissions::CanReadReports,
    platform::{Answer, body::Params},
    reports::{
        asking, dashboard,
        labels::{self, Labels},
    },
};

#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct DashboardQuery {
    /// A local day or a moment; 29 days before today unless said.
    pub from: Option<String>,
    /// A local day, included, or a moment; today unless said.
    pub to: Option<String>,
    /// IANA name; the workspace's unless said.
    pub timezone: Option<String>,
    /// What the numbers stand beside; the same length just before unless said.
    pub compare: Option<Compare>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "from": "2026-11-01", "to": "2026-11-02", "currency": "EUR",
    "tiles": [{"metric": "clicks", "unit": "count", "value": 420, "previous": 400, "change": 0.05}],
    "series": {"bucket": "day", "buckets": ["2026-11-01", "2026-11-02"],
        "values": {"clicks": [200, 220], "clicks_previous": [190, 210]}},
    "top_offers": {"columns": [{"name": "offer", "type": "id"}, {"name": "clicks", "type": "count"}],
        "rows": [["ofr_01KAMX4S5T0000000000000000", 300]]},
    "top_partners": {"columns": [], "rows": []}, "top_countries": {"columns": [], "rows": []},
    "labels": {"ofr_01KAMX4S5T0000000000000000": "Garden furniture"}, "fresh_to": "2026-11-22T09:30:00.000Z"
}))]
pub struct DashboardOut {
    pub from: String,
    pub to: String,
    pub currency: String,
    pub tiles: Vec<Tile>,
    pub series: Series,
    pub top_offers: Top,
    pub top_partners: Top,
    pub top_countries: Top,
    /// Names by id.
    #[schema(value_type = BTreeMap<String, String>)]
    pub labels: Labels,
    /// Everything recorded before this moment is in the numbers.
    pub fresh_to: Timestamp,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Tile {
    pub metric: &'static str,
    pub unit: Unit,
    pub value: Cell,
    /// Of the same length of time before.
    pub previous: Cell,
    /// By what share the value has grown; absent where there was nothing before.
    pub change: Option<f64>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Series {
    /// `hour`, `day`, `week` or `month`.
    pub bucket: &'static str,
    pub buckets: Vec<String>,
    /// Values of each metric, and of `{metric}_previous`, one for each bucket.
    pub values: BTreeMap<String, Vec<Cell>>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Top {
    pub columns: Vec<AnswerColumn>,
    pub rows: Vec<Vec<Cell>>,
}

/// The dashboard: tiles with their comparison, a series over time, the top offers, partners and countries.
#[utoipa::path(
    get, path = "/v1/dashboard", tag = "reports", params(DashboardQuery), responses((status = 200, body = DashboardOut))
)]
pub async fn show(
    State(app): State<App>,
    CanReadReports(actor): CanReadReports,
    Params(query): Params<DashboardQuery>,
) -> Answer<Json<DashboardOut>> {
    let fresh_to = app.shipper.fresh_to();
    let asker = asking::asker(&actor, &asking::workspace_of(&app, &actor).await?)?;
    let numbers = dashboard::numbers(&app, &asker, actor.role, &query).await?;
    let answers = [&numbers.offers, &numbers.partners];
    let labels = labels::labels(app.records.read(), actor.tenant, &answers).await?;
    Ok(Json(DashboardOut {
        from: numbers.from,
        to: numbers.to,
        currency: asker.reporting_currency.to_string(),
        tiles: dashboard::tiles(&numbers.over_time, actor.role),
        series: dashboard::series(&numbers.over_time, numbers.bucket, numbers.buckets),
        top_offers: dashboard::top(numbers.offers),
        top_partners: dashboard::top(numbers.partners),
        top_countries: dashboard::top(numbers.countries),
        labels,
        fresh_to,
    }))
}
