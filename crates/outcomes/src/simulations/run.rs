//! Runs a simulation and keeps its answer: at once where the offer is small, else as a job.

use std::sync::Arc;

use anyhow::Context as _;
use kernel::{Id, Tenant, id};
use sea_orm::{ActiveModelTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _};
use serde_json::json;

use super::{
    model::{Entity, Model, SimulationState},
    rows::{self, Reader, Scope},
    rules::{
        Fold, Past, Plans, Setup, SimulationResult,
        lane::{draft, versions},
        past::Tags,
    },
};
use crate::{
    App,
    conversions::tier_jobs::GRACE_MS,
    plans::{
        self,
        rules::{LocalDate, LocalTime},
    },
    platform::jobs::{self, Model as Job},
    workspaces,
};

pub const RUN_SIMULATION: &str = "run_simulation";
/// Up to so many conversions the answer is there with the answer to the request.
pub const AT_ONCE_MAX: i64 = 20_000;
/// After so many failures the one who asked is told.
const ATTEMPTS_MAX: i32 = 3;
/// Ranges between two notes of how far it is.
const NOTE_EVERY: usize = 10;
/// Nobody looks how far it is.
const NOTE_NEVER: usize = usize::MAX;

/// Puts the job on the list, in the caller's transaction.
pub async fn enqueue(conn: &impl ConnectionTrait, app: &App, row: &Model) -> Result<(), sea_orm::DbErr> {
    let payload = json!({"simulation_id": row.id});
    let now = app.ambient.now();
    jobs::enqueue(conn, &app.ambient, Some(row.workspace_id), RUN_SIMULATION, payload, now).await.map(drop)
}

/// The job; what a crash interrupted begins anew, as nothing but its answer is kept.
pub async fn run(app: &App, job: &Job) -> anyhow::Result<()> {
    let id: Id<id::Simulation> =
        serde_json::from_value(job.payload["simulation_id"].clone()).context("the id of a simulation")?;
    let Some(row) = Entity::find_by_id(id).one(app.records.read()).await? else { return Ok(()) };
    if row.state != SimulationState::Running {
        return Ok(());
    }
    match finished(app, row.clone()).await {
        Ok(row) => keep(app, row).await,
        Err(error) if job.attempts + 1 >= ATTEMPTS_MAX => {
            tracing::error!(simulation = %id, error = format!("{error:#}"), "a simulation could not be run");
            keep(app, Model { state: SimulationState::Failed, finished_at: Some(app.ambient.now()), ..row }).await
        }
        Err(error) => Err(error),
    }
}

async fn keep(app: &App, row: Model) -> anyhow::Result<()> {
    let write = app.records.begin().await?;
    row.into_active_model().reset_all().update(&*write).await?;
    Ok(write.commit().await?)
}

/// The plans on both sides of a simulation.
pub async fn setup(app: &App, row: &Model) -> anyhow::Result<Setup> {
    let tenant = Tenant(row.workspace_id);
    let plans = plans::store::of_offer(app.records.read(), tenant, row.offer_id).await?;
    let (earnings, revenue) = (versions(&plans.earnings), versions(&plans.revenue));
    let proposal = &row.proposal;
    let tried = (!proposal.is_in_force()).then(|| Plans {
        earnings: proposal.earnings.clone().map_or_else(|| earnings.clone(), draft),
        revenue: proposal.revenue.clone().map_or_else(|| revenue.clone(), draft),
    });
    let in_force = Arc::new(Plans { earnings, revenue });
    Ok(Setup { in_force, draft: tried.map(Arc::new), growth: proposal.growth.clone() })
}

pub async fn scope(app: &App, row: &Model, setup: &Setup) -> anyhow::Result<Scope> {
    let tenant = Tenant(row.workspace_id);
    let workspace = workspaces::store::get(app.records.read(), tenant).await?;
    let window = (row.from_at, row.to_at);
    let scope = Scope {
        basis: row.basis,
        tried: row.proposal.only.clone(),
        ..Scope::of(tenant, row.offer_id, window, workspace.zone()?)
    };
    Ok(scope.widened(&setup.in_force, setup.draft.as_deref()))
}

/// How many conversions are to be looked at, about.
pub async fn size(app: &App, row: &Model) -> anyhow::Result<i64> {
    let scope = scope(app, row, &setup(app, row).await?).await?;
    let ranges = rows::ranges(app.records.read(), &scope).await?;
    Ok(((ranges.len() as u64 - 1) * rows::RANGE_ROWS) as i64)
}

/// What a simulation comes to that is not kept.
pub async fn answer(app: &App, mut row: Model) -> anyhow::Result<SimulationResult> {
    result(app, &mut row, NOTE_NEVER).await
}

/// The row with its answer.
pub async fn finished(app: &App, mut row: Model) -> anyhow::Result<Model> {
    let result = result(app, &mut row, NOTE_EVERY).await?;
    row.state = SimulationState::Done;
    row.rows_done = row.rows_total;
    row.result = Some(serde_json::to_value(result)?);
    row.finished_at = Some(app.ambient.now());
    Ok(row)
}

async fn result(app: &App, row: &mut Model, note_every: usize) -> anyhow::Result<SimulationResult> {
    let setup = setup(app, row).await?;
    let scope = scope(app, row, &setup).await?;
    let conn = app.records.read();
    let ranges = rows::ranges(conn, &scope).await?;
    let tags = Arc::new(rows::tags(conn, &scope).await?);
    let mut fold = Fold::new(&setup);
    if fold.looks_twice() {
        let today = settled_until(app, &scope);
        let mut reader = Reader::new(conn, scope.clone(), ranges.clone());
        while let Some(pasts) = reader.next().await? {
            fold = each(fold, &tags, pasts, Fold::count).await?;
        }
        fold.settle(today);
    }
    let mut reader = Reader::new(conn, scope, ranges);
    let mut done = 0;
    while let Some(pasts) = reader.next().await? {
        fold = each(fold, &tags, pasts, Fold::take).await?;
        done += 1;
        row.rows_done = (done as i64 * rows::RANGE_ROWS as i64).min(row.rows_total);
        if done % note_every == 0 {
            keep(app, row.clone()).await?;
        }
    }
    Ok(fold.finish())
}

/// Periods before this day are settled.
pub fn settled_until(app: &App, scope: &Scope) -> LocalDate {
    LocalTime::of(app.ambient.now().plus_millis(-GRACE_MS), &scope.zone).date()
}

/// Shows the fold each of some conversions. Pricing takes a thread for a while.
async fn each(mut fold: Fold, tags: &Arc<Tags>, pasts: Vec<Past>, look: fn(&mut Fold, &Past)) -> anyhow::Result<Fold> {
    let tags = Arc::clone(tags);
    let looked = tokio::task::spawn_blocking(move || {
        pasts.into_iter().for_each(|past| look(&mut fold, &past.tagged(&tags)));
        fold
    });
    Ok(looked.await?)
}
