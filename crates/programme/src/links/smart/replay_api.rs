//! Judging another way of choosing by the log, over HTTP.

use std::collections::HashMap;

use axum::{Json, extract::State};
use events::{
    question::period::Period,
    smart::{self, CHOICES_MAX},
};
use kernel::{Currency, Id, Refusal, Timestamp, id, time};
use serde::{Deserialize, Serialize};

use super::{
    link::{self, SmartMode},
    member::{self, SmartMemberState},
    replay::{self, Estimate},
    rules::{self, Place},
    shape, store,
};
use crate::{
    App,
    identity::permissions::CanReplaySmartLinks,
    platform::{Answer, Body, body::PathId, columns::require_few},
    workspaces,
};

const WEIGHT_MAX: u32 = 1_000_000;

/// Another way of choosing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReplayPolicy {
    /// Every offer alike.
    Equal,
    /// By the weights given here, or the members' own where none are given.
    Weights,
    /// By the members' priorities.
    Priorities,
    /// By the shares of this moment.
    Learned,
}

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "from": "2026-11-01", "to": "2026-11-22", "policy": "weights",
    "weights": {"ofr_01KAMX4S5T0000000000000000": 3, "ofr_01KAMX4S5T0000000000000001": 1}
}))]
pub struct ReplayAsked {
    /// A local day (its beginning) or a moment of RFC 3339: clicks from here on.
    pub from: String,
    /// A local day (its end) or a moment (not included).
    pub to: String,
    pub policy: ReplayPolicy,
    /// By offer; who is missing would get nothing.
    #[serde(default)]
    #[schema(value_type = HashMap<String, u32>)]
    pub weights: HashMap<Id<id::Offer>, u32>,
}

/// Profit per click, in millionths of the currency's unit, and the interval in which it lies with 95 % probability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ProfitPerClick {
    pub micros: i64,
    pub low_micros: i64,
    pub high_micros: i64,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "clicks": 18240, "currency": "EUR", "live": {"micros": 201500, "low_micros": 188100, "high_micros": 214900},
    "replayed": {"micros": 154200, "low_micros": 131000, "high_micros": 177400}, "effective_clicks": 5120,
    "covered_ppm": 1000000, "truncated": false, "fresh_to": "2026-11-22T09:30:00.000Z"
}))]
pub struct ReplayOut {
    /// Valid clicks of the log.
    pub clicks: i64,
    /// The reporting currency.
    #[schema(value_type = String)]
    pub currency: Currency,
    /// What the choices that were made brought; absent without clicks.
    pub live: Option<ProfitPerClick>,
    /// What the other way would have brought; absent where the log holds no example of its choices.
    pub replayed: Option<ProfitPerClick>,
    /// How many clicks of an even weight would say as much.
    pub effective_clicks: i64,
    /// The share of the other way's choices that the log holds examples of, in millionths. Where it is low, the estimate is
    /// only of the rest.
    pub covered_ppm: i64,
    /// The log was longer than is read at once.
    pub truncated: bool,
    /// Everything recorded before this moment is in the answer.
    pub fresh_to: Timestamp,
}

/// What another way of choosing would have brought, from the clicks of a time and the chances they were chosen with.
#[utoipa::path(
    post, path = "/v1/smart-links/{id}/replay", tag = "links", params(("id" = Id<id::SmartLink>, Path)),
    request_body = ReplayAsked, responses((status = 200, body = ReplayOut))
)]
pub async fn replay(
    State(app): State<App>,
    CanReplaySmartLinks(actor): CanReplaySmartLinks,
    PathId(id): PathId<Id<id::SmartLink>>,
    Body(asked): Body<ReplayAsked>,
) -> Answer<Json<ReplayOut>> {
    let row = store::get(app.records.read(), &actor, id).await?;
    let members = store::members_of(app.records.read(), [id]).await?.remove(&id).unwrap_or_default();
    let workspace = workspaces::store::get(app.records.read(), actor.tenant).await?;
    let places = places(row, &members, &asked)?;
    let window = Period::read(&asked.from, &asked.to, time::zone(&workspace.timezone)?, None)?.window;
    let fresh_to = app.shipper.fresh_to();
    let log = smart::choices(&app.event_store, actor.tenant, id, window).await?;
    let currency = workspace.currency()?;
    let (live, replayed) = (replay::live(&log), replay::estimate(&log, &places));
    Ok(Json(ReplayOut {
        clicks: log.iter().map(|choice| choice.clicks).sum(),
        currency,
        live: live.map(|live| per_click(live, currency)),
        replayed: replayed.map(|replayed| per_click(replayed, currency)),
        effective_clicks: replayed.map_or(0, |replayed| replayed.effective_clicks.round() as i64),
        covered_ppm: replayed.map_or(0, |replayed| (replayed.covered * 1e6).round() as i64),
        truncated: log.len() >= CHOICES_MAX,
        fresh_to,
    }))
}

fn per_click(estimate: Estimate, currency: Currency) -> ProfitPerClick {
    let micros = |minor: f64| (minor * shape::micros_in_a_minor_unit(currency) as f64).round() as i64;
    ProfitPerClick {
        micros: micros(estimate.per_click),
        low_micros: micros(estimate.low),
        high_micros: micros(estimate.high),
    }
}

/// The ranks and shares that the other way gives to the members there are.
fn places(mut row: link::Model, members: &[member::Model], asked: &ReplayAsked) -> Result<Vec<Place>, Refusal> {
    let even = |share: &dyn Fn(&member::Model) -> u32| {
        let active = members.iter().filter(|member| member.state != SmartMemberState::Removed);
        let places = active.map(|member| Place { number: rules::number(member), rank: 0, share: share(member) });
        places.filter(|place| place.share > 0).collect()
    };
    row.mode = match asked.policy {
        ReplayPolicy::Equal => return Ok(even(&|_| 1)),
        ReplayPolicy::Weights if !asked.weights.is_empty() => {
            require_few("weights", asked.weights.len())?;
            if asked.weights.values().any(|weight| *weight > WEIGHT_MAX) {
                return Err(Refusal::field("weights", format!("must be 0 to {WEIGHT_MAX}")));
            }
            return Ok(even(&|member| asked.weights.get(&member.offer_id).copied().unwrap_or(0)));
        }
        ReplayPolicy::Weights => SmartMode::Weights,
        ReplayPolicy::Priorities => SmartMode::Priorities,
        ReplayPolicy::Learned => SmartMode::Learned,
    };
    Ok(rules::places(&row, members))
}
