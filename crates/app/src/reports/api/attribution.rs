//! Who had a part: the credit of each model, by partner, offer or channel.

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use kernel::{Currency, Id, Timestamp, id};
use serde::{Deserialize, Serialize};

use crate::{
    App,
    attribution::models::Model,
    identity::permissions::CanReadAttribution,
    platform::{Answer, Body, labels::Labels},
    reports::attribution,
};

/// What is credited: the one thing that a step of a journey is named by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CreditBy {
    #[default]
    Partner,
    Offer,
    /// The traffic type of the link.
    Channel,
}

/// Which amount of the conversions is shared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CreditAmount {
    #[default]
    SaleAmount,
    Revenue,
    /// Not shown to advertisers.
    Payout,
}

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "from": "2026-11-01", "to": "2026-11-30", "timezone": "Europe/Warsaw", "by": "partner",
    "models": ["last_touch", "linear", "markov_order1", "shapley"], "amount": "sale_amount"
}))]
pub struct AttributionAsked {
    /// A local day (its beginning) or a moment of RFC 3339: conversions from here on.
    pub from: String,
    /// A local day (its end) or a moment (not included).
    pub to: String,
    /// IANA name; the workspace's unless said.
    #[serde(default)]
    pub timezone: Option<String>,
    /// All of them unless said.
    #[serde(default)]
    pub models: Vec<Model>,
    #[serde(default)]
    pub by: CreditBy,
    #[serde(default)]
    pub amount: CreditAmount,
    /// Of this offer alone.
    #[serde(default)]
    pub offer_id: Option<Id<id::Offer>>,
}

/// One model's credit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Credited {
    pub conversions: f64,
    /// In minor units; of all rows together exactly the amount of all conversions.
    pub minor: i64,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct CreditRow {
    /// Id of the partner or offer, or the traffic type; empty where none is known. How visitors came without a click of ours
    /// stands beside them as `channel:direct`, `channel:organic_search` and so on.
    pub key: String,
    #[schema(value_type = BTreeMap<String, Credited>)]
    pub models: BTreeMap<&'static str, Credited>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct CreditPath {
    /// Oldest first.
    pub steps: Vec<String>,
    pub conversions: i64,
    pub minor: i64,
    /// How often it was walked without a conversion.
    pub nulls: i64,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "by": "partner", "currency": "EUR", "conversions": 12, "minor": 96000, "nulls": 310,
    "conversions_without_rate": 0, "lookback_days": 30,
    "rows": [{"key": "prt_01KAMX4S5T0000000000000000", "models": {
        "last_touch": {"conversions": 7.0, "minor": 56000}, "linear": {"conversions": 8.5, "minor": 68000}}}],
    "paths": [{"steps": ["prt_01KAMX4S5T0000000000000000"], "conversions": 5, "minor": 40000, "nulls": 200}],
    "labels": {"prt_01KAMX4S5T0000000000000000": "Bright Media"}, "truncated": false,
    "fresh_to": "2026-11-22T09:30:00.000Z"
}))]
pub struct AttributionOut {
    pub by: CreditBy,
    /// The workspace's reporting currency.
    #[schema(value_type = String)]
    pub currency: Currency,
    pub conversions: i64,
    pub minor: i64,
    /// Journeys that came to nothing.
    pub nulls: i64,
    /// Conversions whose amount has no rate to the currency: they count, their amount does not.
    pub conversions_without_rate: i64,
    /// Clicks this many days before a conversion had no part in it.
    pub lookback_days: i64,
    /// Most conversions by the last model asked first.
    pub rows: Vec<CreditRow>,
    /// The journeys that converted most, first.
    pub paths: Vec<CreditPath>,
    /// Names by id.
    #[schema(value_type = BTreeMap<String, String>)]
    pub labels: Labels,
    /// There were more unlike journeys, or more rows, than are counted one by one.
    pub truncated: bool,
    /// Everything recorded before this moment is in the answer.
    pub fresh_to: Timestamp,
}

/// Who had a part in the conversions of a time, by each model.
///
/// The journeys of visitors, those that came to nothing among them, are the same for every model.
#[utoipa::path(
    post, path = "/v1/reports/attribution", tag = "reports", request_body = AttributionAsked,
    responses((status = 200, body = AttributionOut))
)]
pub async fn attribution(
    State(app): State<App>,
    CanReadAttribution(actor): CanReadAttribution,
    Body(asked): Body<AttributionAsked>,
) -> Answer<Json<AttributionOut>> {
    Ok(Json(attribution::answer(&app, &actor, &asked).await?))
}
