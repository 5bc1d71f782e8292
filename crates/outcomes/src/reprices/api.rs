//! Reprices over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, Refusal, RefusalCode, Timestamp, id, paging::PageQuery};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    carry_out,
    model::{Entity, Model, RepriceState},
    store,
};
use crate::{
    App,
    audit::{self, Change},
    identity::{
        Actor,
        permissions::{CanReadPlans, CanReprice},
    },
    plans::{
        rules::Rule,
        version::{self, Rules},
    },
    platform::{
        Answer, Body, WriteTransaction,
        body::{Params, PathId, TEXT_CHARS_MAX, short_text},
        labels::Wanted,
    },
    simulations::{
        api::{SimulationFilter, result_of},
        model::{self as simulation, SimulationState},
        rules::{TriedOnly, figures::TriedFigures},
    },
};

/// A simulation to be made true.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "simulation_id": "sim_01KAMX4S5T0000000000000000", "words": "The October campaign was promised 12 %"
}))]
pub struct NewReprice {
    /// Its rules are to hold for its window.
    pub simulation_id: Id<id::Simulation>,
    /// Why; shown with every conversion that changes.
    pub words: String,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "rpc_01KAMX4S5T0000000000000000", "offer_id": "ofr_01KAMX4S5T0000000000000000",
    "simulation_id": "sim_01KAMX4S5T0000000000000000", "words": "The October campaign was promised 12 %",
    "from": "2026-09-30T22:00:00.000Z", "to": "2026-10-31T23:00:00.000Z", "currency": "EUR", "state": "proposed",
    "only": {"partners": [], "goals": [], "countries": ["PL"], "sources": []},
    "before": {"earnings_minor": 80000, "revenue_minor": 100000, "profit_minor": 20000, "margin_percent": "20"},
    "after": {"earnings_minor": 90000, "revenue_minor": 100000, "profit_minor": 10000, "margin_percent": "10"},
    "repriced": 0, "passed_over": 0, "earnings_change_minor": 0, "revenue_change_minor": 0,
    "proposed_by": "usr_01KAMX4S5T0000000000000000", "decided_by": null, "created_at": "2026-11-22T09:30:00.000Z",
    "decided_at": null, "finished_at": null
}))]
pub struct RepriceOut {
    pub id: Id<id::Reprice>,
    pub offer_id: Id<id::Offer>,
    /// What it changes for each partner.
    pub simulation_id: Id<id::Simulation>,
    pub words: String,
    pub from: Timestamp,
    pub to: Timestamp,
    /// Which conversions of the window it prices.
    pub only: TriedOnly,
    /// Of all amounts.
    pub currency: String,
    pub state: RepriceState,
    pub before: Option<TriedFigures>,
    pub after: Option<TriedFigures>,
    /// Conversions that have another price now.
    pub repriced: i64,
    /// Moved meanwhile, and so left as they are.
    pub passed_over: i64,
    /// What it changed so far.
    pub earnings_change_minor: i64,
    pub revenue_change_minor: i64,
    pub proposed_by: Id<id::User>,
    pub decided_by: Option<Id<id::User>>,
    pub created_at: Timestamp,
    pub decided_at: Option<Timestamp>,
    pub finished_at: Option<Timestamp>,
}

async fn told(app: &App, rows: Vec<Model>) -> Answer<Vec<RepriceOut>> {
    let wanted = rows.iter().map(|row| row.simulation_id.uuid());
    let mut simulations: std::collections::HashMap<_, _> = simulation::Entity::find()
        .filter(simulation::Column::Id.is_in(wanted))
        .all(app.records.read())
        .await?
        .into_iter()
        .map(|simulation| (simulation.id, simulation))
        .collect();
    let one = |row: Model| simulations.remove(&row.simulation_id).map(|simulation| out(row, &simulation));
    Ok(rows.into_iter().filter_map(one).collect())
}

fn out(row: Model, simulation: &simulation::Model) -> RepriceOut {
    let result = result_of(simulation);
    RepriceOut {
        id: row.id,
        offer_id: row.offer_id,
        simulation_id: row.simulation_id,
        words: row.words,
        from: simulation.from_at,
        to: simulation.to_at,
        only: simulation.proposal.only.clone(),
        currency: simulation.currency.clone(),
        state: row.state,
        before: result.as_ref().map(|result| result.before),
        after: result.as_ref().map(|result| result.after),
        repriced: row.repriced,
        passed_over: row.passed_over,
        earnings_change_minor: row.earnings_change_minor,
        revenue_change_minor: row.revenue_change_minor,
        proposed_by: row.proposed_by,
        decided_by: row.decided_by,
        created_at: row.created_at,
        decided_at: row.decided_at,
        finished_at: row.finished_at,
    }
}

/// Propose that a simulation's rules hold for its window. Another person confirms.
#[utoipa::path(
    post, path = "/v1/reprices", tag = "plans", request_body = NewReprice, responses((status = 201, body = RepriceOut))
)]
pub async fn propose(
    State(app): State<App>,
    CanReprice(actor): CanReprice,
    Body(new): Body<NewReprice>,
) -> Answer<(StatusCode, Json<RepriceOut>)> {
    let words = short_text("words", &new.words, TEXT_CHARS_MAX)?;
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let simulation = crate::simulations::store::get(&*write, &actor, new.simulation_id).await?;
    if simulation.state != SimulationState::Done {
        return Err(Refusal::new(RefusalCode::SimulationNotDone, "the simulation is not done, or never will be").into());
    }
    if simulation.proposal.is_in_force() {
        return Err(Refusal::field("simulation_id", "must be of rules other than those in force").into());
    }
    if store::is_open(&*write, &actor, simulation.offer_id).await? {
        let message = "another reprice of this offer waits or is at work";
        return Err(Refusal::new(RefusalCode::AlreadyExists, message).into());
    }
    let row = Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        offer_id: simulation.offer_id,
        simulation_id: simulation.id,
        words,
        state: RepriceState::Proposed,
        earnings_version_id: None,
        revenue_version_id: None,
        after_id: None,
        repriced: 0,
        passed_over: 0,
        earnings_change_minor: 0,
        revenue_change_minor: 0,
        proposed_by: actor.user,
        decided_by: None,
        created_at: app.ambient.now(),
        decided_at: None,
        finished_at: None,
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    remember(&app, &actor, &write, "reprice.proposed", &row).await?;
    write.commit().await?;
    Ok((StatusCode::CREATED, Json(out(row, &simulation))))
}

/// Confirm what somebody else proposed; a job carries it out.
#[utoipa::path(
    post, path = "/v1/reprices/{id}/confirm", tag = "plans", params(("id" = Id<id::Reprice>, Path)),
    responses((status = 200, body = RepriceOut))
)]
pub async fn confirm(
    State(app): State<App>,
    CanReprice(actor): CanReprice,
    PathId(id): PathId<Id<id::Reprice>>,
) -> Answer<Json<RepriceOut>> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let mut row = store::get(&*write, &actor, id).await?;
    require_proposed(&row)?;
    if row.proposed_by == actor.user {
        return Err(Refusal::new(
            RefusalCode::SecondPersonNeeded,
            "another person than the one who proposed it confirms",
        )
        .into());
    }
    let simulation = crate::simulations::store::get(&*write, &actor, row.simulation_id).await?;
    decided(&app, &actor, &mut row, RepriceState::Running);
    let proposal = &simulation.proposal;
    row.earnings_version_id = keep_rules(&app, &write, &row, 1, proposal.earnings.clone()).await?;
    row.revenue_version_id = keep_rules(&app, &write, &row, 2, proposal.revenue.clone()).await?;
    row.clone().into_active_model().reset_all().update(&*write).await?;
    carry_out::enqueue(&*write, &app, &row).await?;
    remember(&app, &actor, &write, "reprice.confirmed", &row).await?;
    write.commit().await?;
    Ok(Json(out(row, &simulation)))
}

/// Refuse it, or take one's own proposal back.
#[utoipa::path(
    post, path = "/v1/reprices/{id}/refuse", tag = "plans", params(("id" = Id<id::Reprice>, Path)),
    responses((status = 200, body = RepriceOut))
)]
pub async fn refuse(
    State(app): State<App>,
    CanReprice(actor): CanReprice,
    PathId(id): PathId<Id<id::Reprice>>,
) -> Answer<Json<RepriceOut>> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let mut row = store::get(&*write, &actor, id).await?;
    require_proposed(&row)?;
    let simulation = crate::simulations::store::get(&*write, &actor, row.simulation_id).await?;
    decided(&app, &actor, &mut row, RepriceState::Refused);
    row.clone().into_active_model().reset_all().update(&*write).await?;
    remember(&app, &actor, &write, "reprice.refused", &row).await?;
    write.commit().await?;
    Ok(Json(out(row, &simulation)))
}

fn require_proposed(row: &Model) -> Result<(), Refusal> {
    if row.state == RepriceState::Proposed {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::AlreadyDecided, "this reprice is decided already"))
}

fn decided(app: &App, actor: &Actor, row: &mut Model, state: RepriceState) {
    row.state = state;
    row.decided_by = Some(actor.user);
    row.decided_at = Some(app.ambient.now());
}

/// Keeps the rules as versions that are none of the plan's, so that each commission names the one that priced it.
async fn keep_rules(
    app: &App,
    write: &WriteTransaction,
    row: &Model,
    number: i32,
    rules: Option<Vec<Rule>>,
) -> Answer<Option<Id<id::PlanVersion>>> {
    let Some(rules) = rules else { return Ok(None) };
    let now = app.ambient.now();
    let kept = version::Model {
        id: app.ambient.new_id(),
        workspace_id: row.workspace_id,
        plan_id: Id::from_uuid(row.id.uuid()),
        version: number,
        valid_from: now,
        rules: Rules(rules),
        created_by: Some(row.proposed_by),
        created_at: now,
    };
    let id = kept.id;
    version::Entity::insert(kept.into_active_model()).exec_without_returning(&**write).await?;
    Ok(Some(id))
}

/// Reprices, newest first.
#[utoipa::path(
    get, path = "/v1/reprices", tag = "plans", params(SimulationFilter, PageQuery),
    responses((status = 200, body = Page<RepriceOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadPlans(actor): CanReadPlans,
    Params(filter): Params<SimulationFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<RepriceOut>>> {
    let records = app.records.read();
    let rows = store::page(records, &actor, filter.offer_id, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id);
    let (next_cursor, labels) = (rows.next_cursor, rows.labels);
    let page = Page { items: told(&app, rows.items).await?, next_cursor, labels };
    let wanted = Wanted::default()
        .with(page.items.iter().map(|row| row.offer_id))
        .with(page.items.iter().flat_map(|row| [Some(row.proposed_by), row.decided_by]).flatten());
    Ok(Json(wanted.beside(page, records, actor.tenant).await?))
}

/// One reprice and how far it is.
#[utoipa::path(
    get, path = "/v1/reprices/{id}", tag = "plans", params(("id" = Id<id::Reprice>, Path)),
    responses((status = 200, body = RepriceOut))
)]
pub async fn show(
    State(app): State<App>,
    CanReadPlans(actor): CanReadPlans,
    PathId(id): PathId<Id<id::Reprice>>,
) -> Answer<Json<RepriceOut>> {
    let row = store::get(app.records.read(), &actor, id).await?;
    let simulation = crate::simulations::store::get(app.records.read(), &actor, row.simulation_id).await?;
    Ok(Json(out(row, &simulation)))
}

async fn remember(app: &App, actor: &Actor, write: &WriteTransaction, action: &'static str, row: &Model) -> Answer<()> {
    let after = Some(json!({
        "offer_id": row.offer_id, "simulation_id": row.simulation_id, "words": row.words, "state": row.state
    }));
    let change = Change { action, subject: row.id.to_string(), before: None, after };
    Ok(audit::record(&**write, &app.ambient, actor, change).await?)
}
