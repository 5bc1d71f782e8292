//! Rates of one partner on one offer: rules with a partner condition.

use kernel::{Id, Refusal, Timestamp, id};
use serde::Deserialize;
use serde_json::json;

use super::{
    entity::{goal, offer},
    goals::GOALS_MAX,
    margin::MarginGuard,
    store,
};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    partners,
    plans::{
        change::{self as plan_change, RateChange},
        model::PlanSide,
        rules::{Conditions, Effect},
    },
    platform::Answer,
};

/// All rates a partner has of its own on an offer; goals that are not listed have the offer's.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"goals": [{"name": "sale", "payout": {"percent": "12.5"}}], "valid_from": null, "valid_until": null}))]
pub struct PartnerRatesIn {
    pub goals: Vec<PartnerRate>,
    /// From when they hold: now unless said.
    pub valid_from: Option<Timestamp>,
    /// When they end, and what held before holds again; absent where no end is planned.
    #[serde(default)]
    pub valid_until: Option<Timestamp>,
    /// Why the rates may leave less than the workspace's `margin_floor`; asked for with `margin_too_thin`.
    #[serde(default)]
    pub margin_words: Option<String>,
}

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
pub struct PartnerRate {
    /// The goal's name.
    pub name: String,
    pub payout: Effect,
}

/// Replaces the rates of one partner by a new version of the plan.
pub async fn set(
    app: &App,
    actor: &Actor,
    (offer, partner): (Id<id::Offer>, Id<id::Partner>),
    wanted: PartnerRatesIn,
) -> Answer<offer::Model> {
    if wanted.goals.len() > GOALS_MAX {
        return Err(Refusal::field("goals", format!("must have at most {GOALS_MAX} entries")).into());
    }
    let write = app.records.begin().await?;
    let row = store::get(&*write, actor.tenant, offer).await?;
    partners::store::get(&*write, actor.tenant, partner).await?;
    let goals = store::goals_of(&*write, actor.tenant, [offer]).await?.remove(&offer).unwrap_or_default();
    let rates = rates(&goals, partner, &wanted.goals)?;
    let within = (wanted.valid_from, wanted.valid_until);
    let guard = MarginGuard::before(&*write, actor.tenant, offer, app.ambient.now()).await?;
    plan_change::change_within(&*write, &app.ambient, actor, offer, &rates, within).await?;
    let words = guard.after(&*write, app.ambient.now(), wanted.margin_words.as_deref()).await?;
    let effects: Vec<_> = wanted.goals.iter().map(|rate| json!({"name": rate.name, "payout": rate.payout})).collect();
    let (from, until) = within;
    let after = json!({"partner_id": partner, "goals": effects, "valid_from": from, "valid_until": until,
        "margin_words": words});
    let change =
        Change { action: "offer.partner_rates_set", subject: offer.to_string(), before: None, after: Some(after) };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(row)
}

/// One change per goal of the offer: those that are not listed lose their override.
fn rates(goals: &[goal::Model], partner: Id<id::Partner>, wanted: &[PartnerRate]) -> Result<Vec<RateChange>, Refusal> {
    for (index, rate) in wanted.iter().enumerate() {
        rate.payout.clone().checked(&format!("goals.{index}.payout"))?;
        let known = goals.iter().any(|goal| goal.name == rate.name);
        let repeated = wanted[..index].iter().any(|other| other.name == rate.name);
        if !known || repeated {
            return Err(Refusal::field(format!("goals.{index}.name"), "must be a goal of this offer, each once"));
        }
    }
    let change = |goal: &goal::Model| {
        let effect = wanted.iter().find(|rate| rate.name == goal.name).map(|rate| rate.payout.clone());
        let conditions = Conditions { goal_id: Some(goal.id), partner_id: Some(partner), ..Conditions::default() };
        RateChange { side: PlanSide::Earnings, conditions, effect }
    };
    Ok(goals.iter().map(change).collect())
}
