//! Exports over HTTP.

use std::fs::File;

use axum::{
    Json,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use events::question::period::Period;
use kernel::{Id, Page, Refusal, RefusalCode, Timestamp, id, paging::PageQuery};
use sea_orm::{EntityTrait as _, IntoActiveModel as _};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    body, files,
    model::{Entity, ExportFormat, ExportState, ExportSubject, Model},
    rows, store, write,
};
use crate::{
    App,
    audit::{self, Change},
    identity::{Actor, permissions::CanExport},
    platform::{
        Answer, Body,
        body::{Params, PathId},
        labels::Wanted,
    },
    workspaces,
};

/// Exports of one person that are written at once.
const RUNNING_MAX: u64 = 2;
/// Exports of one person that are kept.
const KEPT_MAX: u64 = 20;
const KEPT_DAYS: i64 = 7;
const ROWS_MAX: u64 = 5_000_000;

/// An export to be.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "subject": "clicks", "format": "parquet", "from": "2026-11-01", "to": "2026-11-21", "timezone": "Europe/Warsaw"
}))]
pub struct NewExport {
    pub subject: ExportSubject,
    pub format: ExportFormat,
    /// A local day (its beginning) or a moment of RFC 3339: of the rows' own time.
    pub from: String,
    /// A local day (its end) or a moment (not included).
    pub to: String,
    /// IANA name; the workspace's unless said.
    #[serde(default)]
    pub timezone: Option<String>,
    #[serde(default)]
    pub offer_id: Option<Id<id::Offer>>,
    #[serde(default)]
    pub partner_id: Option<Id<id::Partner>>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "exp_01KAMX4S5T0000000000000000", "subject": "clicks", "format": "csv",
    "from": "2026-10-31T23:00:00.000Z", "to": "2026-11-21T23:00:00.000Z", "offer_id": null, "partner_id": null,
    "state": "running", "rows_done": 120000, "rows_total": 1000000, "bytes": 31457280, "failure": null,
    "created_at": "2026-11-22T09:30:00.000Z", "finished_at": null, "expires_at": "2026-11-29T09:30:00.000Z"
}))]
pub struct ExportOut {
    pub id: Id<id::Export>,
    pub subject: ExportSubject,
    pub format: ExportFormat,
    pub from: Timestamp,
    pub to: Timestamp,
    pub offer_id: Option<Id<id::Offer>>,
    pub partner_id: Option<Id<id::Partner>>,
    pub state: ExportState,
    /// Rows written so far.
    pub rows_done: i64,
    /// Rows there were when it was asked for.
    pub rows_total: i64,
    pub bytes: i64,
    /// `not_permitted`, `too_large` or `fault`.
    pub failure: Option<String>,
    pub created_at: Timestamp,
    pub finished_at: Option<Timestamp>,
    /// The file is kept until then.
    pub expires_at: Timestamp,
}

impl From<Model> for ExportOut {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            subject: row.subject,
            format: row.format,
            from: row.from_at,
            to: row.to_at,
            offer_id: row.offer_id,
            partner_id: row.partner_id,
            state: row.state,
            rows_done: row.rows_done,
            rows_total: row.rows_total,
            bytes: row.bytes,
            failure: row.failure,
            created_at: row.created_at,
            finished_at: row.finished_at,
            expires_at: row.expires_at,
        }
    }
}

/// Export raw clicks, receipts or conversions.
///
/// The file is written by a job; `GET /v1/exports/{id}` tells how far it is. It has the rows and columns that the asker's
/// own lists show, newest first, and is kept for 7 days.
#[utoipa::path(
    post, path = "/v1/exports", tag = "exports", request_body = NewExport, responses((status = 201, body = ExportOut))
)]
pub async fn create(
    State(app): State<App>,
    CanExport(actor): CanExport,
    Body(new): Body<NewExport>,
) -> Answer<(StatusCode, Json<ExportOut>)> {
    rows::require_readable(&actor, new.subject)?;
    let mut export = drafted(&app, &actor, new).await?;
    let (kept, running) = store::counts(app.records.read(), &actor).await?;
    if running >= RUNNING_MAX || kept >= KEPT_MAX {
        let message = format!("at most {RUNNING_MAX} are written at once and {KEPT_MAX} kept; wait, or delete some");
        return Err(Refusal::new(RefusalCode::TooManyExports, message).into());
    }
    let count = rows::count(&app, &actor, &export).await?;
    if count > ROWS_MAX {
        let message = format!("{count} rows are more than {ROWS_MAX}; choose a shorter time or one offer");
        return Err(Refusal::new(RefusalCode::ExportTooLarge, message).into());
    }
    export.rows_total = count as i64;
    let write = app.records.begin().await?;
    Entity::insert(export.clone().into_active_model()).exec_without_returning(&*write).await?;
    write::enqueue(&*write, &app, &export).await?;
    let after = json!({"subject": export.subject, "format": export.format, "from": export.from_at, "to": export.to_at});
    let change = Change { action: "export.created", subject: export.id.to_string(), before: None, after: Some(after) };
    audit::record(&*write, &app.ambient, &actor, change).await?;
    write.commit().await?;
    Ok((StatusCode::CREATED, Json(export.into())))
}

async fn drafted(app: &App, actor: &Actor, new: NewExport) -> Answer<Model> {
    let workspace = workspaces::store::get(app.records.read(), actor.tenant).await?;
    let zone = kernel::time::zone(new.timezone.as_deref().unwrap_or(&workspace.timezone))?;
    let window = Period::read(&new.from, &new.to, zone, None)?.window;
    let now = app.ambient.now();
    Ok(Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        membership_id: actor.membership,
        subject: new.subject,
        format: new.format,
        from_at: Timestamp::from_millis(window.from),
        to_at: Timestamp::from_millis(window.to),
        offer_id: new.offer_id,
        partner_id: new.partner_id,
        state: ExportState::Running,
        rows_done: 0,
        rows_total: 0,
        bytes: 0,
        after_id: None,
        failure: None,
        created_at: now,
        finished_at: None,
        expires_at: now.plus_days(KEPT_DAYS),
    })
}

/// The asker's own exports, newest first.
#[utoipa::path(
    get, path = "/v1/exports", tag = "exports", params(PageQuery), responses((status = 200, body = Page<ExportOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanExport(actor): CanExport,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<ExportOut>>> {
    let records = app.records.read();
    let rows = Page::from_rows(store::page(records, &actor, &page).await?, &page, |row| row.id).map(ExportOut::from);
    let wanted = Wanted::default()
        .with(rows.items.iter().filter_map(|row| row.offer_id))
        .with(rows.items.iter().filter_map(|row| row.partner_id));
    Ok(Json(wanted.beside(rows, records, actor.tenant).await?))
}

/// One export and how far it is.
#[utoipa::path(
    get, path = "/v1/exports/{id}", tag = "exports", params(("id" = Id<id::Export>, Path)),
    responses((status = 200, body = ExportOut))
)]
pub async fn show(
    State(app): State<App>,
    CanExport(actor): CanExport,
    PathId(id): PathId<Id<id::Export>>,
) -> Answer<Json<ExportOut>> {
    Ok(Json(store::get(app.records.read(), &actor, id).await?.into()))
}

/// The file of a finished export.
#[utoipa::path(
    get, path = "/v1/exports/{id}/file", tag = "exports", params(("id" = Id<id::Export>, Path)),
    responses((status = 200, content_type = "text/csv", body = String,
        example = "click_id,event_time,verdict\nclk_01KAMX4S5T0000000000000000,2026-11-22T09:30:00.000Z,valid\n"))
)]
pub async fn file(
    State(app): State<App>,
    CanExport(actor): CanExport,
    PathId(id): PathId<Id<id::Export>>,
) -> Answer<Response> {
    let export = store::get(app.records.read(), &actor, id).await?;
    rows::require_readable(&actor, export.subject)?;
    if export.state != ExportState::Done {
        return Err(Refusal::new(RefusalCode::ExportNotReady, "the file is not written yet, or never will be").into());
    }
    let path = files::whole(&app, &export);
    let opened = tokio::task::spawn_blocking(move || File::open(path)).await.map_err(anyhow::Error::from)?;
    let file = opened.map_err(|_| Refusal::not_found("file of this export"))?;
    let day = export.from_at.to_string();
    let name = format!("{}-{}.{}", export.subject.code(), &day[..10], export.format.extension());
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(export.format.content_type())),
        (header::CONTENT_LENGTH, HeaderValue::from(export.bytes)),
        (header::CONTENT_DISPOSITION, attachment(&name)),
    ];
    Ok((headers, body::of_file(file)).into_response())
}

fn attachment(name: &str) -> HeaderValue {
    let value = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    value.unwrap_or(HeaderValue::from_static("attachment"))
}

/// Delete an export and its file; one that is being written stops.
#[utoipa::path(
    delete, path = "/v1/exports/{id}", tag = "exports", params(("id" = Id<id::Export>, Path)),
    responses((status = 204))
)]
pub async fn delete(
    State(app): State<App>,
    CanExport(actor): CanExport,
    PathId(id): PathId<Id<id::Export>>,
) -> Answer<StatusCode> {
    let export = store::get(app.records.read(), &actor, id).await?;
    let write = app.records.begin().await?;
    Entity::delete_by_id(export.id).exec(&*write).await?;
    write.commit().await?;
    let removed = tokio::task::spawn_blocking(move || files::forget(&app, &export)).await;
    removed.map_err(anyhow::Error::from)?.map_err(anyhow::Error::from)?;
    Ok(StatusCode::NO_CONTENT)
}
