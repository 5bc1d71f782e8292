//! What changed, and why.

use axum::{Json, extract::State};
use events::question::{Cell, Unit};
use insight::change::Form;
use kernel::Timestamp;
use serde::Serialize;

use crate::{
    App,
    identity::permissions::CanReadReports,
    platform::{Answer, Body},
    reports::{
        asking,
        changes::{self, AskedChange, Changes, Split, Value},
        labels::{self, Labels},
    },
};

/// Values of a dimension that are told one by one.
const VALUES_TOLD: usize = 25;
const CAUSES_TOLD: usize = 5;

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "metric": "cr", "unit": "ratio", "currency": "EUR", "before": 40000, "now": 31000, "change": -9000,
    "causes": [{"dimension": "partner", "value": "prt_01KAMX4S5T0000000000000000", "effect": -8200}],
    "dimensions": [{"dimension": "partner", "values": [
        {"value": "prt_01KAMX4S5T0000000000000000", "before": 52000, "now": 18000, "mix": 100, "rate": -8300}],
        "others": {"count": 4, "mix": -100, "rate": -700}}],
    "left_out_currencies": [], "labels": {"prt_01KAMX4S5T0000000000000000": "Bright Media"},
    "fresh_to": "2026-11-22T09:30:00.000Z"
}))]
pub struct ChangeOut {
    pub metric: &'static str,
    /// Ratios are told in millionths, money in minor units, money per thing in millionths of the currency's unit.
    pub unit: Unit,
    pub currency: String,
    /// `null` where there was nothing to divide by: then nothing is compared.
    pub before: Option<i64>,
    pub now: Option<i64>,
    pub change: Option<i64>,
    /// Where it comes from, the likeliest first.
    pub causes: Vec<CauseOut>,
    /// The whole change, once for each dimension: the effects of its values and of the others add up to it exactly.
    pub dimensions: Vec<SplitOut>,
    /// Currencies of amounts that have no rate and are left out.
    pub left_out_currencies: Vec<String>,
    /// Names by id.
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    pub labels: Labels,
    /// Everything recorded before this moment is in the numbers.
    pub fresh_to: Timestamp,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct CauseOut {
    pub dimension: &'static str,
    /// `null` is unknown.
    pub value: Cell,
    pub effect: i64,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct SplitOut {
    pub dimension: &'static str,
    /// The greatest effects first.
    pub values: Vec<ValueOut>,
    pub others: OthersOut,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct ValueOut {
    /// `null` is unknown.
    pub value: Cell,
    /// Its own number in each period; `null` where there was nothing to divide by.
    pub before: Option<i64>,
    pub now: Option<i64>,
    /// What it did because its share of the whole moved; nought for sums.
    pub mix: i64,
    /// What it did because its own number moved.
    pub rate: i64,
}

#[derive(Default, Serialize, utoipa::ToSchema)]
pub struct OthersOut {
    pub count: usize,
    pub mix: i64,
    pub rate: i64,
}

/// What changed, and why.
///
/// One metric in a period and the one before: where the change comes from, and how much of it each value of each
/// dimension did, by its share of the whole (mix) and by its own number (rate).
#[utoipa::path(
    post, path = "/v1/reports/changes", tag = "reports", request_body = AskedChange,
    responses((status = 200, body = ChangeOut))
)]
pub async fn show(
    State(app): State<App>,
    CanReadReports(actor): CanReadReports,
    Body(asked): Body<AskedChange>,
) -> Answer<Json<ChangeOut>> {
    let fresh_to = app.shipper.fresh_to();
    let asker = asking::asker(&actor, &asking::workspace_of(&app, &actor).await?)?;
    let changes = changes::changes(&app, &asker, &asked).await?;
    let told = events::question::Answer { ids: changes.ids.clone(), ..Default::default() };
    let labels = labels::labels(app.records.read(), actor.tenant, &[&told]).await?;
    Ok(Json(told_of(changes, labels, fresh_to)))
}

fn told_of(changes: Changes, labels: Labels, fresh_to: Timestamp) -> ChangeOut {
    let form = changes.metric.scale(changes.currency).map_or(Form::Sum, |scale| Form::Quotient { scale });
    let cause = |cause: &insight::cause::Cause| {
        let split = &changes.splits[cause.dimension];
        let value = split.values[cause.segment].cell.clone().unwrap_or(Cell::Null);
        CauseOut { dimension: split.dimension.name, value, effect: cause.effect }
    };
    ChangeOut {
        metric: changes.metric.name,
        unit: changes.metric.unit,
        currency: changes.currency.to_string(),
        before: changes.before,
        now: changes.now,
        change: changes.before.zip(changes.now).map(|(before, now)| now - before),
        causes: changes.causes.iter().take(CAUSES_TOLD).map(cause).collect(),
        dimensions: changes.splits.iter().map(|split| split_out(split, form)).collect(),
        left_out_currencies: changes.left_out_currencies,
        labels,
        fresh_to,
    }
}

fn split_out(split: &Split, form: Form) -> SplitOut {
    let (mut known, rest): (Vec<&Value>, Vec<&Value>) = split.values.iter().partition(|value| value.cell.is_some());
    known.sort_by_key(|value| std::cmp::Reverse(value.effect.total().abs()));
    let (told, untold) = known.split_at(known.len().min(VALUES_TOLD));
    let mut others = OthersOut { count: untold.len(), ..OthersOut::default() };
    for value in untold.iter().chain(&rest) {
        others.mix += value.effect.mix;
        others.rate += value.effect.rate;
    }
    let value = |value: &&Value| ValueOut {
        value: value.cell.clone().unwrap_or(Cell::Null),
        before: form.value(value.segment.before),
        now: form.value(value.segment.now),
        mix: value.effect.mix,
        rate: value.effect.rate,
    };
    SplitOut { dimension: split.dimension.name, values: told.iter().map(value).collect(), others }
}
