//! A draft tried on the past, and switched on with what was found.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Refusal, RefusalCode, Timestamp, id};
use serde_json::json;

use super::{
    api::{self, SimulationDetail, TriedWindow, result_of},
    model::{Model, Proposal, SimulationState},
    store,
};
use crate::{
    App,
    identity::{
        Actor,
        permissions::{CanEditPlans, CanSimulatePlans},
    },
    plan_drafts::{
        self,
        entity::Model as Draft,
        write::{self, Evidence, SwitchOn},
    },
    plans::{
        self,
        api::OfferPlansOut,
        rules::Rule,
        store::{OfferPlans, PlanHistory},
    },
    platform::{Answer, Body, body::PathId},
};

/// Try a draft on what happened. A side that it leaves as it was over the whole window is priced as in force.
///
/// A small offer answers at once; otherwise `state` is `running`, and `GET /v1/simulations/{id}` tells how far it is.
#[utoipa::path(
    post, path = "/v1/plan-drafts/{id}/simulate", tag = "plans", params(("id" = Id<id::PlanDraft>, Path)),
    request_body = TriedWindow, responses((status = 201, body = SimulationDetail))
)]
pub async fn simulate(
    State(app): State<App>,
    CanSimulatePlans(actor): CanSimulatePlans,
    PathId(id): PathId<Id<id::PlanDraft>>,
    Body(window): Body<TriedWindow>,
) -> Answer<(StatusCode, Json<SimulationDetail>)> {
    let conn = app.records.read();
    let draft = plan_drafts::store::get(conn, actor.tenant, id).await?;
    let row = api::tried(&app, &actor, draft.offer_id, window).await?;
    let plans = plans::store::of_offer(conn, actor.tenant, draft.offer_id).await?;
    let window = (row.from_at, row.to_at);
    let proposal = Proposal {
        earnings: changed(&plans.earnings, window, draft.earnings.0),
        revenue: changed(&plans.revenue, window, draft.revenue.0),
        ..row.proposal
    };
    let row = api::begun(&app, &actor, Model { proposal, draft_id: Some(draft.id), ..row }).await?;
    Ok((StatusCode::CREATED, Json(api::detailed(&app, &actor, row).await?)))
}

/// The rules, unless they are those in force from the window's first moment to its last.
fn changed(history: &PlanHistory, (from, to): (Timestamp, Timestamp), rules: Vec<Rule>) -> Option<Vec<Rule>> {
    let within = history.versions.iter().filter(|version| from < version.valid_from && version.valid_from < to);
    let is_as_in_force = history.rules_at(from) == rules && within.into_iter().all(|version| version.rules.0 == rules);
    (!is_as_in_force).then_some(rules)
}

/// Make a draft the plan from a moment on. It is refused once the plan has a newer version than the draft was made of. A
/// simulation of the draft stays with the record of who switched it on.
#[utoipa::path(
    post, path = "/v1/plan-drafts/{id}/switch-on", tag = "plans", params(("id" = Id<id::PlanDraft>, Path)),
    request_body = SwitchOn, responses((status = 200, body = OfferPlansOut))
)]
pub async fn switch_on(
    State(app): State<App>,
    CanEditPlans(actor): CanEditPlans,
    PathId(id): PathId<Id<id::PlanDraft>>,
    Body(wanted): Body<SwitchOn>,
) -> Answer<Json<OfferPlansOut>> {
    let evidence = match wanted.simulation_id {
        Some(simulation) => Some(evidence(&app, &actor, id, simulation).await?),
        None => None,
    };
    let ground = write::switch_on(&app, &actor, id, wanted, evidence).await?;
    let names = ground.names();
    Ok(Json(OfferPlansOut::new(ground.plans, &names, app.ambient.now())))
}

/// What a simulation found of the draft as it stands.
async fn evidence(
    app: &App,
    actor: &Actor,
    draft: Id<id::PlanDraft>,
    simulation: Id<id::Simulation>,
) -> Answer<Evidence> {
    let conn = app.records.read();
    let draft = plan_drafts::store::get(conn, actor.tenant, draft).await?;
    let simulation = store::get(conn, actor, simulation).await?;
    if simulation.state != SimulationState::Done {
        return Err(Refusal::new(RefusalCode::SimulationNotDone, "the simulation is not done, or never will be").into());
    }
    let plans = plans::store::of_offer(conn, actor.tenant, draft.offer_id).await?;
    if simulation.draft_id != Some(draft.id) || !tried_these(&simulation, &draft, &plans) {
        return Err(Refusal::field("simulation_id", "must be of this draft as it stands").into());
    }
    let result = result_of(&simulation).ok_or_else(|| anyhow::anyhow!("a simulation that is done has its result"))?;
    let told = json!({
        "id": simulation.id, "from": simulation.from_at, "to": simulation.to_at, "only": simulation.proposal.only, "before": result.before,
        "after": result.after, "winners": result.winners, "losers": result.losers
    });
    Ok(Evidence { draft_at: draft.updated_at, told })
}

fn tried_these(simulation: &Model, draft: &Draft, plans: &OfferPlans) -> bool {
    let is = |tried: &Option<Vec<Rule>>, history: &PlanHistory, rules: &[Rule]| {
        tried.as_deref().unwrap_or_else(|| history.rules_at(simulation.from_at)) == rules
    };
    is(&simulation.proposal.earnings, &plans.earnings, &draft.earnings.0)
        && is(&simulation.proposal.revenue, &plans.revenue, &draft.revenue.0)
}
