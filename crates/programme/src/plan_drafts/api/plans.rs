//! What is in force: versions, the rate card, the live example.

use axum::{Json, extract::State};
use kernel::{Id, Timestamp, id};
use serde::{Deserialize, Serialize};

use crate::{
    App,
    identity::permissions::CanReadPlans,
    plan_drafts::{
        ground::Ground,
        trial::{self, SaleTryOut, TryIn},
    },
    plans::{
        api::OfferPlansOut,
        rules::{Effect, Rate, Rule, card},
    },
    platform::{
        Answer, Body,
        body::{Params, PathId},
    },
};

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
    let ground = Ground::of(app.records.read(), actor.tenant, id).await?;
    let names = ground.names();
    Ok(Json(OfferPlansOut::new(ground.plans, &names, app.ambient.now())))
}

/// The moment that is asked about.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct At {
    /// Now unless said.
    pub at: Option<Timestamp>,
}

/// A plan as a card: what it earns by goal, country, traffic type and group.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "currency": "EUR", "other_rules": 1,
    "rows": [{"goal_id": "gol_01KAMX4S5T0000000000000000", "goal_name": "sale", "country": "DE", "traffic_type": null,
              "group": null, "rate": {"percent": "12.5"}, "revenue": {"percent": "16"}, "margin": {"percent": "3.5"}}]
}))]
pub struct CardOut {
    pub currency: String,
    pub rows: Vec<CardRowOut>,
    /// Rules that a card cannot show.
    pub other_rules: usize,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct CardRowOut {
    pub goal_id: Id<id::Goal>,
    pub goal_name: String,
    /// Absent for every country.
    pub country: Option<String>,
    pub traffic_type: Option<String>,
    pub group: Option<String>,
    /// What the plan says for exactly this row.
    pub rate: Option<Effect>,
    pub revenue: Option<Effect>,
    /// What is charged for such a conversion less what it earns, where both are amounts or both percentages.
    pub margin: Option<Rate>,
}

impl CardOut {
    pub fn of(ground: &Ground, earnings: &[Rule], revenue: &[Rule]) -> Self {
        let names = ground.names();
        let (rows, other_rules) = card::card(earnings, revenue);
        let row = |row: card::Row| CardRowOut {
            goal_id: row.key.goal_id,
            goal_name: names.goal_name(row.key.goal_id).unwrap_or_default().to_owned(),
            country: row.key.country,
            traffic_type: row.key.traffic_type,
            group: row.key.group,
            rate: row.rate,
            revenue: row.revenue,
            margin: row.margin.map(|margin| margin.0),
        };
        Self { currency: ground.currency.code().to_owned(), rows: rows.into_iter().map(row).collect(), other_rules }
    }
}

/// The plan in force as a rate card.
#[utoipa::path(
    get, path = "/v1/offers/{id}/plan/card", tag = "plans", params(("id" = Id<id::Offer>, Path), At),
    responses((status = 200, body = CardOut))
)]
pub async fn show_card(
    State(app): State<App>,
    CanReadPlans(actor): CanReadPlans,
    PathId(id): PathId<Id<id::Offer>>,
    Params(At { at }): Params<At>,
) -> Answer<Json<CardOut>> {
    let ground = Ground::of(app.records.read(), actor.tenant, id).await?;
    let at = at.unwrap_or_else(|| app.ambient.now());
    Ok(Json(CardOut::of(&ground, ground.plans.earnings.rules_at(at), ground.plans.revenue.rules_at(at))))
}

/// What a made-up sale would earn and be charged, and by which rule.
#[utoipa::path(
    post, path = "/v1/offers/{id}/plan/try", tag = "plans", params(("id" = Id<id::Offer>, Path)),
    request_body = TryIn, responses((status = 200, body = SaleTryOut))
)]
pub async fn try_sale(
    State(app): State<App>,
    CanReadPlans(actor): CanReadPlans,
    PathId(id): PathId<Id<id::Offer>>,
    Body(asked): Body<TryIn>,
) -> Answer<Json<SaleTryOut>> {
    Ok(Json(trial::run(&app, &actor, id, asked).await?))
}
