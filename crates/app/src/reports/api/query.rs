//! A report.

use anyhow::Context as _;
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use events::question::{Asked, Cell, run::AnswerColumn};
use kernel::Timestamp;
use serde::{Serialize, Serializer, ser::SerializeMap as _};

use crate::{
    App,
    identity::permissions::CanReadReports,
    platform::{Answer, Body},
    reports::{
        asking,
        labels::{self, Labels},
    },
};

/// A report's answer.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "columns": [
        {"name": "day", "type": "date"}, {"name": "partner", "type": "id"}, {"name": "clicks", "type": "count"},
        {"name": "cr", "type": "ratio"}, {"name": "payout", "type": "minor", "currency": "EUR"}
    ],
    "rows": [["2026-11-01", "prt_01KAMX4S5T0000000000000000", 420, 0.0214, 11250]],
    "totals": {"clicks": 420, "cr": 0.0214, "payout": 11250},
    "labels": {"prt_01KAMX4S5T0000000000000000": "Bright Media"},
    "truncated": false, "unknown_to_costs": [], "fresh_to": "2026-11-22T09:30:00.000Z"
}))]
pub struct ReportOut {
    /// Dimensions first, as asked. A metric whose amounts have no rate to the asked currency has further columns, one for
    /// each currency: `payout_usd`.
    pub columns: Vec<AnswerColumn>,
    /// Ids, texts, numbers; `null` where unknown, and where there is nothing to divide by. Money is in minor units, money
    /// per thing in millionths of the currency's unit.
    pub rows: Vec<Vec<Cell>>,
    /// Of all rows, those beyond the limit among them.
    #[schema(value_type = std::collections::BTreeMap<String, Cell>)]
    pub totals: Totals,
    /// Names by id.
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    pub labels: Labels,
    /// There are more rows than the limit.
    pub truncated: bool,
    /// What the report is split or filtered by and costs beside earnings do not have: split by it they stand in the unknown
    /// row, filtered by it they are left out. Empty where no number is made of them.
    pub unknown_to_costs: Vec<&'static str>,
    /// Everything recorded before this moment is in the answer.
    pub fresh_to: Timestamp,
}

/// Numbers by metric, in the order asked.
pub struct Totals(pub Vec<(String, Cell)>);

impl Serialize for Totals {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, cell) in &self.0 {
            map.serialize_entry(name, cell)?;
        }
        map.end()
    }
}

/// Ask a report.
///
/// Rows of facts summed by the dimensions asked. Partners see their own rows, advertisers theirs.
#[utoipa::path(
    post, path = "/v1/reports/query", tag = "reports", request_body = Asked,
    responses((status = 200, body = ReportOut))
)]
pub async fn query(
    State(app): State<App>,
    CanReadReports(actor): CanReadReports,
    Body(asked): Body<Asked>,
) -> Answer<Response> {
    let fresh_to = app.shipper.fresh_to();
    let answer = asking::ask(&app, &actor, &asked).await?;
    let labels = labels::labels(app.records.read(), actor.tenant, &[&answer]).await?;
    let report = ReportOut {
        columns: answer.columns,
        rows: answer.rows,
        totals: Totals(answer.totals),
        labels,
        truncated: answer.truncated,
        unknown_to_costs: answer.unknown_to_costs,
        fresh_to,
    };
    let body = tokio::task::spawn_blocking(move || serde_json::to_vec(&report)).await.context("write a report")?;
    let json = HeaderValue::from_static("application/json");
    Ok(([(header::CONTENT_TYPE, json)], body.context("write a report")?).into_response())
}
