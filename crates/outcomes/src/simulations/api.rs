//! Simulations over HTTP.

use axum::{
    Json,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use events::question::period::Period;
use kernel::{Decimal8, Id, Page, Refusal, RefusalCode, Timestamp, id, paging::PageQuery};
use sea_orm::{EntityTrait as _, IntoActiveModel as _};
use serde::{Deserialize, Serialize};

use super::{
    csv,
    model::{Entity, Model, Proposal, SimulationState, WindowBasis},
    rules::{SimulationResult, TriedOnly, figures::TriedFigures},
    run, store,
};
use crate::{
    App,
    identity::{
        Actor,
        permissions::{CanReadPlans, CanSimulatePlans},
    },
    offers,
    plans::rules::Rule,
    platform::{
        Answer, Body,
        body::{Params, PathId},
        labels::{Labels, Wanted},
    },
    workspaces,
};

/// Simulations of one workspace that run at once.
const RUNNING_MAX: u64 = 5;
const RULES_MAX: usize = 10_000;
/// Volumes that one simulation tells.
const GROWTH_MAX: usize = 8;
/// Told unless others are asked for, in hundredths.
const GROWTH_PERCENT: [i64; 4] = [80, 100, 120, 150];
const GROWTH_TIMES_MAX: i64 = 100;

/// A window to try a plan on.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"from": "2026-10-01", "to": "2026-10-31", "growth": ["0.8", "1", "1.2", "1.5"]}))]
pub struct TriedWindow {
    /// A local day (its beginning) or a moment of RFC 3339.
    pub from: String,
    /// A local day (its end) or a moment (not included).
    pub to: String,
    /// IANA name; the workspace's unless said.
    #[serde(default)]
    pub timezone: Option<String>,
    #[serde(default)]
    pub basis: WindowBasis,
    /// Volumes at which the cost is told, as factors: 0.8, 1, 1.2 and 1.5 unless said.
    #[serde(default)]
    pub growth: Option<Vec<Decimal8>>,
    #[serde(default)]
    pub only: TriedOnly,
}

/// A window and rules to try on it.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "from": "2026-10-01", "to": "2026-10-31", "growth": ["0.8", "1", "1.2", "1.5"], "earnings": [{
        "id": "rul_01KAMX4S5T0000000000000000", "conditions": {"goal_id": "gol_01KAMX4S5T0000000000000000"},
        "effect": {"percent": "12"}, "priority": 0, "created_at": "2026-11-22T09:30:00.000Z"
    }]
}))]
pub struct NewSimulation {
    /// A local day (its beginning) or a moment of RFC 3339.
    pub from: String,
    /// A local day (its end) or a moment (not included).
    pub to: String,
    /// IANA name; the workspace's unless said.
    #[serde(default)]
    pub timezone: Option<String>,
    #[serde(default)]
    pub basis: WindowBasis,
    /// Volumes at which the cost is told, as factors: 0.8, 1, 1.2 and 1.5 unless said.
    #[serde(default)]
    pub growth: Option<Vec<Decimal8>>,
    #[serde(default)]
    pub only: TriedOnly,
    /// Rules to try in place of those in force; with neither these nor `revenue` the plan in force itself is tried.
    #[serde(default)]
    pub earnings: Option<Vec<Rule>>,
    #[serde(default)]
    pub revenue: Option<Vec<Rule>>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "sim_01KAMX4S5T0000000000000000", "offer_id": "ofr_01KAMX4S5T0000000000000000", "draft_id": null,
    "in_force": false,
    "only": {"partners": [], "goals": [], "countries": ["PL"], "sources": []},
    "basis": "event", "from": "2026-09-30T22:00:00.000Z", "to": "2026-10-31T23:00:00.000Z", "currency": "EUR",
    "state": "done", "rows_done": 20000, "rows_total": 20000, "before": null, "after": null,
    "created_by": "usr_01KAMX4S5T0000000000000000", "created_at": "2026-11-22T09:30:00.000Z", "finished_at": null
}))]
pub struct SimulationOut {
    pub id: Id<id::Simulation>,
    pub offer_id: Id<id::Offer>,
    /// The draft that was tried; it may be gone since.
    pub draft_id: Option<Id<id::PlanDraft>>,
    /// It was the plan in force that was tried.
    pub in_force: bool,
    /// Which conversions of the window were tried.
    pub only: TriedOnly,
    pub basis: WindowBasis,
    pub from: Timestamp,
    pub to: Timestamp,
    /// Of all amounts.
    pub currency: String,
    pub state: SimulationState,
    /// Conversions looked at so far, about.
    pub rows_done: i64,
    pub rows_total: i64,
    pub before: Option<TriedFigures>,
    pub after: Option<TriedFigures>,
    pub created_by: Id<id::User>,
    pub created_at: Timestamp,
    pub finished_at: Option<Timestamp>,
}

/// A simulation with all that it found.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "sim_01KAMX4S5T0000000000000000", "offer_id": "ofr_01KAMX4S5T0000000000000000", "draft_id": null,
    "in_force": false,
    "only": {"partners": [], "goals": [], "countries": ["PL"], "sources": []},
    "basis": "event", "from": "2026-09-30T22:00:00.000Z", "to": "2026-10-31T23:00:00.000Z", "currency": "EUR",
    "state": "done", "rows_done": 0, "rows_total": 0,
    "before": {"earnings_minor": 80000, "revenue_minor": 100000, "profit_minor": 20000, "margin_percent": "20"},
    "after": {"earnings_minor": 90000, "revenue_minor": 100000, "profit_minor": 10000, "margin_percent": "10"},
    "created_by": "usr_01KAMX4S5T0000000000000000", "created_at": "2026-11-22T09:30:00.000Z",
    "finished_at": "2026-11-22T09:30:01.000Z",
    "result": {
        "conversions": 100,
        "before": {"earnings_minor": 80000, "revenue_minor": 100000, "profit_minor": 20000, "margin_percent": "20"},
        "after": {"earnings_minor": 90000, "revenue_minor": 100000, "profit_minor": 10000, "margin_percent": "10"},
        "winners": 1, "losers": 0, "unchanged": 0, "more_partners": 0, "overflowing": 0,
        "partners": [{
            "partner_id": "prt_01KAMX4S5T0000000000000000", "conversions": 100, "change_minor": 10000,
            "before": {"earnings_minor": 80000, "revenue_minor": 100000, "profit_minor": 20000, "margin_percent": "20"},
            "after": {"earnings_minor": 90000, "revenue_minor": 100000, "profit_minor": 10000, "margin_percent": "10"}
        }],
        "goals": [], "sensitivity": [],
        "reproduction": {
            "checked": 100, "moved_in": 0, "differing": 0, "repriced": 0, "counted_otherwise": 0, "earnings_minor": 0, "revenue_minor": 0,
            "differences": []
        }
    },
    "labels": {"prt_01KAMX4S5T0000000000000000": "Northern Lights"}
}))]
pub struct SimulationDetail {
    #[serde(flatten)]
    pub simulation: SimulationOut,
    /// Absent while it runs.
    pub result: Option<SimulationResult>,
    pub labels: Labels,
}

pub fn result_of(row: &Model) -> Option<SimulationResult> {
    row.result.clone().and_then(|result| serde_json::from_value(result).ok())
}

impl From<Model> for SimulationOut {
    fn from(row: Model) -> Self {
        let result = result_of(&row);
        Self {
            id: row.id,
            offer_id: row.offer_id,
            draft_id: row.draft_id,
            in_force: row.proposal.is_in_force(),
            only: row.proposal.only,
            basis: row.basis,
            from: row.from_at,
            to: row.to_at,
            currency: row.currency,
            state: row.state,
            rows_done: row.rows_done,
            rows_total: row.rows_total,
            before: result.as_ref().map(|result| result.before),
            after: result.as_ref().map(|result| result.after),
            created_by: row.created_by,
            created_at: row.created_at,
            finished_at: row.finished_at,
        }
    }
}

pub(super) async fn detailed(app: &App, actor: &Actor, row: Model) -> Answer<SimulationDetail> {
    let result = result_of(&row);
    let labels = names(app, actor, &row, result.as_ref()).await?;
    Ok(SimulationDetail { simulation: row.into(), result, labels })
}

async fn names(app: &App, actor: &Actor, row: &Model, result: Option<&SimulationResult>) -> Answer<Labels> {
    let partners = result.into_iter().flat_map(|result| &result.partners).map(|one| one.partner_id);
    let goals = result.into_iter().flat_map(|result| &result.goals).map(|one| one.goal_id);
    let differing = result.into_iter().flat_map(|result| &result.reproduction.differences);
    let wanted = Wanted::default().with([row.offer_id]).with([row.created_by]).with(partners).with(goals);
    let only = &row.proposal.only;
    let wanted = wanted.with(differing.map(|one| one.conversion_id));
    let wanted = wanted.with(only.partners.iter().copied()).with(only.goals.iter().copied());
    Ok(wanted.read(app.records.read(), actor.tenant).await?)
}

/// Try rules on what happened: what partners would have earned and advertisers been charged, partner by partner.
///
/// A small offer answers at once; otherwise `state` is `running`, and `GET /v1/simulations/{id}` tells how far it is.
#[utoipa::path(
    post, path = "/v1/offers/{id}/plan/simulate", tag = "plans", params(("id" = Id<id::Offer>, Path)),
    request_body = NewSimulation, responses((status = 201, body = SimulationDetail))
)]
pub async fn simulate(
    State(app): State<App>,
    CanSimulatePlans(actor): CanSimulatePlans,
    PathId(offer): PathId<Id<id::Offer>>,
    Body(new): Body<NewSimulation>,
) -> Answer<(StatusCode, Json<SimulationDetail>)> {
    let row = drafted(&app, &actor, offer, new).await?;
    let row = begun(&app, &actor, row).await?;
    Ok((StatusCode::CREATED, Json(detailed(&app, &actor, row).await?)))
}

/// Runs it now where it is small, else leaves it to the job.
pub(super) async fn begun(app: &App, actor: &Actor, mut row: Model) -> Answer<Model> {
    if store::running(app.records.read(), actor).await? >= RUNNING_MAX {
        let message = format!("at most {RUNNING_MAX} run at once; wait for one of them");
        return Err(Refusal::new(RefusalCode::TooManyOfThem, message).into());
    }
    row.rows_total = run::size(app, &row).await?;
    let at_once = row.rows_total <= run::AT_ONCE_MAX;
    let row = if at_once { run::finished(app, row).await? } else { row };
    let write = app.records.begin().await?;
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    if !at_once {
        run::enqueue(&*write, app, &row).await?;
    }
    write.commit().await?;
    Ok(row)
}

async fn drafted(app: &App, actor: &Actor, offer: Id<id::Offer>, new: NewSimulation) -> Answer<Model> {
    let NewSimulation { from, to, timezone, basis, growth, only, earnings, revenue } = new;
    let row = tried(app, actor, offer, TriedWindow { from, to, timezone, basis, growth, only }).await?;
    let earnings = earnings.map(|rules| checked("earnings", rules)).transpose()?;
    let revenue = revenue.map(|rules| checked("revenue", rules)).transpose()?;
    Ok(Model { proposal: Proposal { earnings, revenue, ..row.proposal }, ..row })
}

/// The plan in force over a window.
pub(super) async fn tried(app: &App, actor: &Actor, offer: Id<id::Offer>, window: TriedWindow) -> Answer<Model> {
    let offer = offers::store::get(app.records.read(), actor.tenant, offer).await?;
    let workspace = workspaces::store::get(app.records.read(), actor.tenant).await?;
    let zone = kernel::time::zone(window.timezone.as_deref().unwrap_or(&workspace.timezone))?;
    let bounds = Period::read(&window.from, &window.to, zone, None)?.window;
    Ok(Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        offer_id: offer.id,
        draft_id: None,
        basis: window.basis,
        from_at: Timestamp::from_millis(bounds.from),
        to_at: Timestamp::from_millis(bounds.to),
        currency: offer.currency.clone(),
        proposal: Proposal { growth: growth(window.growth)?, only: window.only.checked()?, ..Proposal::default() },
        state: SimulationState::Running,
        rows_done: 0,
        rows_total: 0,
        result: None,
        created_by: actor.user,
        created_at: app.ambient.now(),
        finished_at: None,
    })
}

fn checked(side: &str, rules: Vec<Rule>) -> Result<Vec<Rule>, Refusal> {
    if rules.len() > RULES_MAX {
        return Err(Refusal::field(side, format!("must have at most {RULES_MAX} entries")));
    }
    rules.into_iter().enumerate().map(|(place, rule)| rule.checked(&format!("{side}.{place}"))).collect()
}

fn growth(asked: Option<Vec<Decimal8>>) -> Result<Vec<Decimal8>, Refusal> {
    let percent = |percent| Decimal8::from_raw(Decimal8::ONE.raw() / 100 * percent);
    let mut growth = asked.unwrap_or_else(|| GROWTH_PERCENT.map(percent).to_vec());
    growth.sort_unstable();
    growth.dedup();
    let fits = |factor: &Decimal8| (1..=GROWTH_TIMES_MAX * Decimal8::ONE.raw()).contains(&factor.raw());
    if growth.len() > GROWTH_MAX || !growth.iter().all(fits) {
        return Err(Refusal::field("growth", "must be up to 8 factors above 0 and at most 100"));
    }
    Ok(growth)
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SimulationFilter {
    pub offer_id: Option<Id<id::Offer>>,
}

/// Simulations, newest first.
#[utoipa::path(
    get, path = "/v1/simulations", tag = "plans", params(SimulationFilter, PageQuery),
    responses((status = 200, body = Page<SimulationOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadPlans(actor): CanReadPlans,
    Params(filter): Params<SimulationFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<SimulationOut>>> {
    let records = app.records.read();
    let rows = store::page(records, &actor, filter.offer_id, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id).map(SimulationOut::from);
    let wanted = Wanted::default()
        .with(rows.items.iter().map(|row| row.offer_id))
        .with(rows.items.iter().map(|row| row.created_by));
    Ok(Json(wanted.beside(rows, records, actor.tenant).await?))
}

/// One simulation: how far it is, or what it found.
#[utoipa::path(
    get, path = "/v1/simulations/{id}", tag = "plans", params(("id" = Id<id::Simulation>, Path)),
    responses((status = 200, body = SimulationDetail))
)]
pub async fn show(
    State(app): State<App>,
    CanReadPlans(actor): CanReadPlans,
    PathId(id): PathId<Id<id::Simulation>>,
) -> Answer<Json<SimulationDetail>> {
    let row = store::get(app.records.read(), &actor, id).await?;
    Ok(Json(detailed(&app, &actor, row).await?))
}

/// What a simulation found, as CSV: a partner a line, then goals, volumes and the whole, in minor units.
#[utoipa::path(
    get, path = "/v1/simulations/{id}/file", tag = "plans", params(("id" = Id<id::Simulation>, Path)),
    responses((status = 200, content_type = "text/csv", body = String,
        example = "row,id,name,conversions,earnings_before,earnings_after,change,revenue_before,revenue_after,currency\n"))
)]
pub async fn file(
    State(app): State<App>,
    CanReadPlans(actor): CanReadPlans,
    PathId(id): PathId<Id<id::Simulation>>,
) -> Answer<Response> {
    let row = store::get(app.records.read(), &actor, id).await?;
    let not_ready = || Refusal::new(RefusalCode::ExportNotReady, "the simulation is not done yet, or never will be");
    let result = result_of(&row).ok_or_else(not_ready)?;
    let labels = names(&app, &actor, &row, Some(&result)).await?;
    let body = csv::write(&result, &row.currency, &labels)?;
    let name = format!("attachment; filename=\"simulation-{}.csv\"", &row.created_at.to_string()[..10]);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(anyhow::Error::from)?),
    ];
    Ok((headers, body).into_response())
}
