//! An import at work: a job reads one batch of rows and leaves the next job behind, so that other work has its turn and a
//! crash costs one batch at most.

use anyhow::Context as _;
use edge::dialect::Dialect;
use kernel::{Id, Tenant, id, time::DAY_MS};
use sea_orm::{ActiveValue::Set, ConnectionTrait, ExprTrait as _, IntoActiveModel as _, entity::prelude::*};
use std::collections::HashSet;

use super::{
    begin::remove_files,
    directory::{Directory, Planned},
    entity::{file, import},
    file as uploaded,
    model::{ImportKind, ImportState},
    rules::{
        cells::{Cells, Lens},
        rows::Ground,
        values,
    },
    start::enqueue,
    store,
    take::{self, Work},
};
use crate::{
    App,
    domains::imported,
    news::{self, RouteNews},
    platform::{bulk::insert_all, jobs::Model as Job},
};

pub const CONTINUE_IMPORT: &str = "continue_import";
pub const UNDO_IMPORT: &str = "undo_import";
pub const FORGET_OLD_CLICKS: &str = "forget_old_imported_clicks";
/// Imported clicks older than this can convert nowhere: the longest window of an offer is shorter.
const CLICKS_KEPT_MS: i64 = 400 * DAY_MS;
/// Rows of one batch of a dry run, where little is done for each.
const ROWS_PER_CHECK: usize = 20_000;
/// Ids of one file that a dry run takes for made.
const PLANNED_MAX: usize = 500_000;

/// Rows of one batch: each is one transaction, and other writers wait that long.
const fn rows_per_batch(kind: ImportKind) -> usize {
    match kind {
        ImportKind::Offers => 25,
        ImportKind::Partners | ImportKind::Links => 100,
        ImportKind::Clicks => 20_000,
        ImportKind::Customers | ImportKind::Conversions | ImportKind::Balances => 500,
    }
}

/// The next batch of an import; nothing where it has ended.
pub async fn continue_import(app: &App, job: &Job) -> anyhow::Result<()> {
    let Some(import) = owner(app, job).await? else { return Ok(()) };
    if !matches!(import.state, ImportState::Checking | ImportState::Running) {
        return Ok(());
    }
    let tenant = Tenant(import.workspace_id);
    let files = store::files_of(app.records.read(), tenant, [import.id]).await?;
    match files.iter().find(|file| !file.is_read) {
        Some(file) => batch(app, &import, file, &files).await,
        None => finish(app, import, files).await,
    }
}

pub(super) async fn owner(app: &App, job: &Job) -> anyhow::Result<Option<import::Model>> {
    let id: Id<id::Import> = serde_json::from_value(job.payload["import_id"].clone()).context("read the job")?;
    Ok(import::Entity::find_by_id(id).one(app.records.read()).await?)
}

async fn batch(app: &App, import: &import::Model, file: &file::Model, files: &[file::Model]) -> anyhow::Result<()> {
    let is_run = import.state == ImportState::Running;
    let rows_max = if is_run { rows_per_batch(file.kind) } else { ROWS_PER_CHECK };
    let read = read_rows(app, file, (file.next_at, file.next_line), rows_max).await?;
    let mut work = open(app, import, file, files).await?;
    if !is_run {
        take::take(&mut work, None, &read.rows).await?;
    } else if file.kind == ImportKind::Clicks {
        take::take_clicks(&mut work, true, &read.rows).await?;
    }
    let write = app.records.begin().await?;
    if is_run && file.kind != ImportKind::Clicks {
        write.lock_workspace(work.actor.tenant).await?;
        take::take(&mut work, Some(&*write), &read.rows).await?;
    }
    if is_run && brings_clicks(file.kind) {
        work.news.extend(note_clicks(app, &*write, import).await?);
    }
    let Work { actor, findings, made, tally, news, .. } = work;
    let kept = findings.write(&*write).await?;
    insert_all(&*write, made.into_iter().map(|row| row.into_active_model())).await?;
    let moved = file::ActiveModel {
        next_at: Set(read.next_at as i64),
        next_line: Set(read.next_line),
        is_read: Set(read.is_end),
        tally: Set(tally),
        findings_count: Set(file.findings_count + kept),
        ..Default::default()
    };
    let here = file::Column::ImportId
        .eq(import.id)
        .and(file::Column::Kind.eq(file.kind))
        .and(file::Column::NextAt.eq(file.next_at))
        .and(file::Column::IsRead.eq(false));
    let updated = file::Entity::update_many().set(moved).filter(here).exec(&*write).await?;
    if updated.rows_affected != 1 {
        // Another process took this batch: what was done here is dropped with the transaction.
        return Ok(());
    }
    enqueue(app, &*write, import, CONTINUE_IMPORT).await?;
    Ok(news::commit_routes(app, write, actor.tenant, &news).await?)
}

async fn read_rows(
    app: &App,
    file: &file::Model,
    (at, line): (i64, i64),
    rows_max: usize,
) -> anyhow::Result<uploaded::Batch> {
    let path = uploaded::path(&app.imports_folder, file.import_id, file.kind);
    let delimiter = file.delimiter.bytes().next().unwrap_or(b',');
    tokio::task::spawn_blocking(move || uploaded::read(&path, delimiter, (at as u64, line), rows_max))
        .await?
        .context("read an uploaded file")
}

async fn open<'a>(
    app: &'a App,
    import: &'a import::Model,
    file: &file::Model,
    files: &[file::Model],
) -> anyhow::Result<Work<'a>> {
    let now = app.ambient.now();
    let ground = Ground {
        platform: import.platform,
        zone: kernel::time::zone(&import.options.timezone)?,
        currency: values::currency(&import.options.currency).context("the currency of an import is known")?,
        now,
        oldest_click: now.plus_millis(-CLICKS_KEPT_MS),
    };
    let with_links = file.kind == ImportKind::Links || file.mapping.columns.contains_key("link");
    let tenant = Tenant(import.workspace_id);
    let mut directory = Directory::read(app.records.read(), tenant, &import.system, with_links).await?;
    if import.state == ImportState::Checking {
        directory.plan(planned(app, file.kind, files).await?);
    }
    Ok(Work::new(app, (import, file), ground, directory))
}

/// The ids in those files that are imported before this one.
async fn planned(app: &App, kind: ImportKind, files: &[file::Model]) -> anyhow::Result<Planned> {
    let mut planned = Planned::default();
    for file in files.iter().filter(|file| file.kind < kind && file.kind <= ImportKind::Links) {
        let read = read_rows(app, file, (file.data_at, 2), PLANNED_MAX).await?;
        let columns: Vec<String> = file.columns.0.iter().map(|column| column.name.clone()).collect();
        let lens = Lens::new(file.kind, &file.mapping, &columns);
        let ids = |field: &'static str| -> HashSet<String> {
            let rows = read.rows.iter().filter_map(|row| row.cells.as_deref());
            rows.filter_map(|row| Cells { lens: &lens, row }.reference(field).map(str::to_owned)).collect()
        };
        match file.kind {
            ImportKind::Offers => (planned.offers, planned.advertisers) = (ids("id"), ids("advertiser_id")),
            ImportKind::Partners => planned.partners = ids("id"),
            _ => planned.links = ids("id"),
        }
    }
    Ok(planned)
}

const fn brings_clicks(kind: ImportKind) -> bool {
    matches!(kind, ImportKind::Clicks | ImportKind::Conversions)
}

/// The edge is told once that click ids of this platform are to be looked up.
async fn note_clicks(
    app: &App,
    conn: &impl ConnectionTrait,
    import: &import::Model,
) -> anyhow::Result<Option<RouteNews>> {
    let Some(dialect): Option<Dialect> = import.platform.dialect() else { return Ok(None) };
    let tenant = Tenant(import.workspace_id);
    if imported::has(conn, tenant, dialect).await? {
        return Ok(None);
    }
    imported::note(conn, tenant, dialect, app.ambient.now()).await?;
    Ok(Some(RouteNews::ImportedClicks(import.workspace_id)))
}

async fn finish(app: &App, import: import::Model, files: Vec<file::Model>) -> anyhow::Result<()> {
    let write = app.records.begin().await?;
    let is_check = import.state == ImportState::Checking;
    let (state, finished_at) =
        if is_check { (ImportState::Checked, None) } else { (ImportState::Done, Some(app.ambient.now())) };
    for file in files.into_iter().filter(|_| is_check) {
        let checked = file::Model { checked: Some(file.tally), ..file };
        file::Entity::update(checked.into_active_model().reset_all()).exec_without_returning(&*write).await?;
    }
    let id = import.id;
    let ended = import::Model { state, finished_at, ..import };
    import::Entity::update(ended.into_active_model().reset_all()).exec_without_returning(&*write).await?;
    write.commit().await?;
    if !is_check {
        remove_files(app, id).await;
    }
    Ok(())
}

/// Forgets clicks that can no longer convert.
pub async fn forget_old_clicks(app: &App) -> anyhow::Result<()> {
    let before = app.ambient.now().plus_millis(-CLICKS_KEPT_MS);
    while !app.imported_clicks.prune(before).await? {}
    Ok(())
}
