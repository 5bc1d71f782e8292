//! A report as a file.

use anyhow::Context as _;
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use events::question::Asked;

use crate::{
    App,
    identity::permissions::CanReadReports,
    platform::{Answer, Body},
    reports::{asking, csv, labels},
};

/// Export a report as CSV.
///
/// The same question and the same numbers as `/v1/reports/query`, with names beside ids and the totals in the last line.
#[utoipa::path(
    post, path = "/v1/reports/export", tag = "reports", request_body = Asked,
    responses((status = 200, content_type = "text/csv", body = String,
        example = "day,clicks,payout\n2026-11-01,420,11250\ntotal,420,11250\n"))
)]
pub async fn export(
    State(app): State<App>,
    CanReadReports(actor): CanReadReports,
    Body(asked): Body<Asked>,
) -> Answer<Response> {
    let answer = asking::ask(&app, &actor, &asked).await?;
    let labels = labels::labels(app.records.read(), actor.tenant, &[&answer]).await?;
    let written = tokio::task::spawn_blocking(move || csv::write(&answer, &labels)).await.context("write a report")?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"report.csv\"")),
    ];
    Ok((headers, written?).into_response())
}
