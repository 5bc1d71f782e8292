//! What may be asked.

use axum::Json;
use events::question::{DIMENSIONS, METRICS, Unit, dimensions::Carried};
use serde::Serialize;

use crate::{identity::permissions::CanReadReports, platform::Answer, reports::rules};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "metrics": [{"name": "cr", "unit": "ratio", "formula": "conversions / clicks (unique)", "adds_up": true}],
    "dimensions": [{"name": "partner", "type": "id", "text": "partner", "carried": "by_all"}]
}))]
pub struct Dictionary {
    pub metrics: Vec<MetricOut>,
    pub dimensions: Vec<DimensionOut>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct MetricOut {
    pub name: &'static str,
    pub unit: Unit,
    /// Numerator / denominator, in words.
    pub formula: &'static str,
    /// Whether parts of the facts add up to the whole: it can be asked what changed it.
    pub adds_up: bool,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct DimensionOut {
    pub name: &'static str,
    /// `id`, `text`, `number`, `date` or `time`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub text: &'static str,
    /// Facts that do not carry a dimension fall into its unknown row and pass its filters.
    pub carried: Carried,
}

/// The metrics and dimensions this key may ask for, with their formulas.
#[utoipa::path(get, path = "/v1/reports/dictionary", tag = "reports", responses((status = 200, body = Dictionary)))]
pub async fn dictionary(CanReadReports(actor): CanReadReports) -> Answer<Json<Dictionary>> {
    let metrics = METRICS.iter().filter(|metric| rules::may_see_metric(actor.role)(metric));
    let metrics = metrics.map(|metric| MetricOut {
        name: metric.name,
        unit: metric.unit,
        formula: metric.formula,
        adds_up: metric.adds_up(),
    });
    let dimensions = DIMENSIONS.iter().filter(|dimension| rules::may_see_dimension(actor.role)(dimension));
    let dimensions = dimensions.map(|dimension| DimensionOut {
        name: dimension.name,
        kind: dimension.kind(),
        text: dimension.text,
        carried: dimension.carried,
    });
    Ok(Json(Dictionary { metrics: metrics.collect(), dimensions: dimensions.collect() }))
}
