//! The job that writes an export: some pages a turn, so that other jobs have theirs, each page kept before the next.

use anyhow::Context as _;
use kernel::{Id, id};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _};
use serde_json::json;

use super::{
    files,
    model::{Entity, ExportState, Failure, Model},
    rows, store,
};
use crate::{
    App,
    identity::{self, Actor},
    platform::jobs::{self, Model as Job},
};

pub const WRITE_EXPORT: &str = "write_export";
pub const FORGET_EXPORTS: &str = "forget_exports";
/// Pages of one turn.
const PAGES_PER_TURN: usize = 10;
/// After so many failures the one who asked is told.
const ATTEMPTS_MAX: i32 = 3;
/// Largest file, in bytes.
const FILE_BYTES_MAX: i64 = 8 << 30;

/// Puts the job on the list, in the caller's transaction.
pub async fn enqueue(conn: &impl sea_orm::ConnectionTrait, app: &App, export: &Model) -> Result<(), sea_orm::DbErr> {
    let payload = json!({"export_id": export.id});
    let now = app.ambient.now();
    jobs::enqueue(conn, &app.ambient, Some(export.workspace_id), WRITE_EXPORT, payload, now).await.map(drop)
}

/// One turn.
pub async fn run(app: &App, job: &Job) -> anyhow::Result<()> {
    let id: Id<id::Export> = serde_json::from_value(job.payload["export_id"].clone()).context("the id of an export")?;
    let Some(export) = store::of_job(app.records.read(), id).await? else { return Ok(()) };
    if export.state != ExportState::Running {
        return Ok(());
    }
    match turn(app, export.clone()).await {
        Err(error) if job.attempts + 1 >= ATTEMPTS_MAX => {
            tracing::error!(export = %id, error = format!("{error:#}"), "an export could not be written");
            fail(app, export, Failure::Fault).await
        }
        done => done,
    }
}

async fn turn(app: &App, mut export: Model) -> anyhow::Result<()> {
    let Some(actor) = asker(app, &export).await? else { return fail(app, export, Failure::NotPermitted).await };
    for _ in 0..PAGES_PER_TURN {
        let page = rows::next(app, &actor, &export).await.map_err(anyhow::Error::from)?;
        export.bytes = append(app, &export, page.bytes).await?;
        export.rows_done += page.count;
        if export.bytes > FILE_BYTES_MAX {
            return fail(app, export, Failure::TooLarge).await;
        }
        let Some(last) = page.last else { return finish(app, export, &actor).await };
        export.after_id = Some(last);
        if !keep(app, &export, false).await? {
            return forget_files(app, export).await;
        }
    }
    if keep(app, &export, true).await? { Ok(()) } else { forget_files(app, export).await }
}

/// The one who asked, as they are now.
async fn asker(app: &App, export: &Model) -> anyhow::Result<Option<Actor>> {
    let actor = identity::authenticate::by_membership(app, export.membership_id).await?;
    Ok(actor.filter(|actor| rows::require_readable(actor, export.subject).is_ok()))
}

async fn append(app: &App, export: &Model, page: Vec<u8>) -> anyhow::Result<i64> {
    let (app, export) = (app.clone(), export.clone());
    Ok(tokio::task::spawn_blocking(move || files::append(&app, &export, &page)).await??)
}

async fn finish(app: &App, mut export: Model, actor: &Actor) -> anyhow::Result<()> {
    let columns = rows::columns(export.subject, actor.role);
    let (of_files, row) = (app.clone(), export.clone());
    export.bytes = tokio::task::spawn_blocking(move || files::finish(&of_files, &row, &columns)).await??;
    export.state = ExportState::Done;
    export.rows_total = export.rows_done;
    export.finished_at = Some(app.ambient.now());
    if keep(app, &export, false).await? { Ok(()) } else { forget_files(app, export).await }
}

async fn fail(app: &App, mut export: Model, failure: Failure) -> anyhow::Result<()> {
    export.state = ExportState::Failed;
    export.failure = Some(failure.code().to_owned());
    export.finished_at = Some(app.ambient.now());
    keep(app, &export, false).await?;
    forget_files(app, export).await
}

async fn forget_files(app: &App, export: Model) -> anyhow::Result<()> {
    let app = app.clone();
    Ok(tokio::task::spawn_blocking(move || files::forget(&app, &export)).await??)
}

/// Keeps how far it is, with the next turn where there is one; whether the export is still wanted.
async fn keep(app: &App, export: &Model, goes_on: bool) -> anyhow::Result<bool> {
    let write = app.records.begin().await?;
    let wanted = store::of_job(&*write, export.id).await?.is_some();
    if wanted {
        export.clone().into_active_model().reset_all().update(&*write).await?;
        if goes_on {
            enqueue(&*write, app, export).await?;
        }
    }
    write.commit().await?;
    Ok(wanted)
}

/// Forgets exports whose days are over; files first, so that none is left without its row.
pub async fn forget_expired(app: &App) -> anyhow::Result<()> {
    for export in store::expired(app.records.read(), app.ambient.now()).await? {
        let id = export.id;
        forget_files(app, export).await?;
        let write = app.records.begin().await?;
        Entity::delete_by_id(id).exec(&*write).await?;
        write.commit().await?;
    }
    Ok(())
}
