//! Moving in over HTTP.

use anyhow::Context as _;
use axum::{
    Json,
    body::Body as RawBody,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Id, Page, Timestamp, id, paging::PageQuery};
use serde::{Deserialize, Serialize};

use super::{
    begin::{self, ImportOptionsIn, NewImport},
    checks,
    entity::{file, finding, import},
    findings::FINDINGS_MAX,
    model::{FindingCode, ImportKind, ImportOptions, ImportPlatform, ImportState, Mapping, SampledColumn, Tally},
    platforms, start,
    store::{self, FindingFilter},
    upload,
};
use crate::{
    App,
    identity::permissions::CanImport,
    platform::{
        Answer, Body,
        body::{Params, PathId},
        spreadsheet,
    },
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "imp_01KAMX4S5T0000000000000000", "platform": "tune", "system": "tune", "state": "checked",
    "options": {"timezone": "America/New_York", "currency": "USD", "postbacks_without_token": false},
    "files": [{
        "kind": "offers", "file_name": "offers.csv", "bytes": 5120,
        "columns": [{"name": "Offer.id", "samples": ["26", "27"]}, {"name": "Offer.name", "samples": ["Boots", "Hats"]}],
        "mapping": {"columns": {"id": "Offer.id", "name": "Offer.name"}, "constants": {}, "words": {}},
        "missing_fields": ["landing_url"], "unused_columns": [], "progress_permille": 1000,
        "checked": {"rows": 50, "made": 48, "matched": 1, "left_out": 0, "not_understood": 1, "warnings": 0},
        "tally": {"rows": 50, "made": 48, "matched": 1, "left_out": 0, "not_understood": 1, "warnings": 0}
    }],
    "created_at": "2026-11-22T09:30:00.000Z", "started_at": null, "finished_at": null
}))]
pub struct ImportOut {
    pub id: Id<id::Import>,
    pub platform: ImportPlatform,
    /// The system's name among external refs.
    pub system: String,
    pub state: ImportState,
    pub options: ImportOptions,
    /// In the order in which they are imported.
    pub files: Vec<ImportFileOut>,
    pub created_at: Timestamp,
    pub started_at: Option<Timestamp>,
    pub finished_at: Option<Timestamp>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "kind": "partners", "file_name": "partners.csv", "bytes": 2048,
    "columns": [{"name": "Affiliate.id", "samples": ["1001"]}],
    "mapping": {"columns": {"id": "Affiliate.id"}, "constants": {}, "words": {}},
    "missing_fields": ["name", "email"], "unused_columns": [], "progress_permille": 0, "checked": null,
    "tally": {"rows": 0, "made": 0, "matched": 0, "left_out": 0, "not_understood": 0, "warnings": 0}
}))]
pub struct ImportFileOut {
    pub kind: ImportKind,
    pub file_name: String,
    pub bytes: i64,
    pub columns: Vec<SampledColumn>,
    pub mapping: Mapping,
    /// Needed fields that have neither a column nor a value.
    pub missing_fields: Vec<&'static str>,
    /// Columns that nothing is read from.
    pub unused_columns: Vec<String>,
    /// How far the check or run under way has come, in thousandths.
    pub progress_permille: i64,
    /// Of the last check.
    pub checked: Option<Tally>,
    /// Of the check or run under way, or of the last one.
    pub tally: Tally,
}

impl ImportFileOut {
    fn of(row: file::Model) -> Self {
        let missing_fields = checks::missing_fields(&row);
        let is_used = |name: &String| row.mapping.columns.values().any(|column| column == name);
        let names = row.columns.0.iter().map(|column| &column.name);
        let unused_columns = names.filter(|name| !is_used(name)).cloned().collect();
        let read = (row.next_at - row.data_at).max(0).saturating_mul(1_000);
        let whole = (row.bytes - row.data_at).max(1);
        Self {
            missing_fields,
            unused_columns,
            progress_permille: if row.is_read { 1_000 } else { (read / whole).min(999) },
            kind: row.kind,
            file_name: row.file_name,
            bytes: row.bytes,
            columns: row.columns.0,
            mapping: row.mapping,
            checked: row.checked,
            tally: row.tally,
        }
    }
}

impl ImportOut {
    fn of(row: import::Model, files: Vec<file::Model>) -> Self {
        Self {
            id: row.id,
            platform: row.platform,
            system: row.system,
            state: row.state,
            options: row.options,
            files: files.into_iter().map(ImportFileOut::of).collect(),
            created_at: row.created_at,
            started_at: row.started_at,
            finished_at: row.finished_at,
        }
    }
}

async fn shown(app: &App, row: import::Model) -> Answer<Json<ImportOut>> {
    let files = store::files_of(app.records.read(), kernel::Tenant(row.workspace_id), [row.id]).await?;
    Ok(Json(ImportOut::of(row, files)))
}

/// Begin to move in from another platform.
#[utoipa::path(
    post, path = "/v1/imports", tag = "imports", request_body = NewImport,
    responses((status = 201, body = ImportOut))
)]
pub async fn create(
    State(app): State<App>,
    CanImport(actor): CanImport,
    Body(new): Body<NewImport>,
) -> Answer<(StatusCode, Json<ImportOut>)> {
    let row = begin::begin(&app, &actor, new).await?;
    Ok((StatusCode::CREATED, shown(&app, row).await?))
}

/// Imports, newest first.
#[utoipa::path(
    get, path = "/v1/imports", tag = "imports", params(PageQuery), responses((status = 200, body = Page<ImportOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanImport(actor): CanImport,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<ImportOut>>> {
    let records = app.records.read();
    let rows = Page::from_rows(store::page(records, actor.tenant, &page).await?, &page, |row| row.id);
    let mut files = store::files_of(records, actor.tenant, rows.items.iter().map(|row| row.id)).await?;
    Ok(Json(rows.map(|row| {
        let (own, others) = files.drain(..).partition(|file| file.import_id == row.id);
        files = others;
        ImportOut::of(row, own)
    })))
}

/// One import with its files, their columns, mappings and what became of their rows.
#[utoipa::path(
    get, path = "/v1/imports/{id}", tag = "imports", params(("id" = Id<id::Import>, Path)),
    responses((status = 200, body = ImportOut))
)]
pub async fn show(
    State(app): State<App>,
    CanImport(actor): CanImport,
    PathId(id): PathId<Id<id::Import>>,
) -> Answer<Json<ImportOut>> {
    let row = store::get(app.records.read(), actor.tenant, id).await?;
    shown(&app, row).await
}

/// Change what holds for all of an import. It must be checked again.
#[utoipa::path(
    patch, path = "/v1/imports/{id}", tag = "imports", params(("id" = Id<id::Import>, Path)),
    request_body = ImportOptionsIn, responses((status = 200, body = ImportOut))
)]
pub async fn update(
    State(app): State<App>,
    CanImport(actor): CanImport,
    PathId(id): PathId<Id<id::Import>>,
    Body(wanted): Body<ImportOptionsIn>,
) -> Answer<Json<ImportOut>> {
    let row = begin::set_options(&app, &actor, id, wanted).await?;
    shown(&app, row).await
}

/// Throw an import away that has not run.
#[utoipa::path(
    delete, path = "/v1/imports/{id}", tag = "imports", params(("id" = Id<id::Import>, Path)),
    responses((status = 204))
)]
pub async fn discard(
    State(app): State<App>,
    CanImport(actor): CanImport,
    PathId(id): PathId<Id<id::Import>>,
) -> Answer<StatusCode> {
    begin::discard(&app, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A field that a kind of file may fill.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"kind": "offers", "name": "status", "is_required": false, "words": ["active", "paused", "expired"]}))]
pub struct ImportFieldOut {
    pub kind: ImportKind,
    pub name: &'static str,
    pub is_required: bool,
    /// The words it may hold; any text where empty.
    pub words: Vec<&'static str>,
}

/// Every field of every kind of file.
#[utoipa::path(
    get, path = "/v1/imports/fields", tag = "imports", responses((status = 200, body = Page<ImportFieldOut>))
)]
pub async fn fields(CanImport(_actor): CanImport) -> Json<Page<ImportFieldOut>> {
    let of_kind = |kind: ImportKind| {
        let out = move |field: &platforms::Field| ImportFieldOut {
            kind,
            name: field.name,
            is_required: field.is_required,
            words: field.words.to_vec(),
        };
        platforms::fields(kind).iter().map(out)
    };
    Json(Page::whole(ImportKind::ALL.into_iter().flat_map(of_kind).collect()))
}

/// How an uploaded file is called.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UploadName {
    /// Shown to people; nothing depends on it.
    pub name: Option<String>,
}

/// Upload a CSV file, in place of the one of its kind. It is streamed; 4 GiB at most.
///
/// The first line names the columns. Comma, semicolon, tab and bar are recognised. The answer has samples of each column
/// and the mapping that their names, or the last import of this system, suggest.
#[utoipa::path(
    put, path = "/v1/imports/{id}/files/{kind}", tag = "imports",
    params(("id" = Id<id::Import>, Path), ("kind" = ImportKind, Path), UploadName),
    request_body(content = String, content_type = "text/csv", example = "Offer.id,Offer.name\n26,Boots\n"),
    responses((status = 200, body = ImportFileOut))
)]
pub async fn upload(
    State(app): State<App>,
    CanImport(actor): CanImport,
    PathId(place): PathId<(Id<id::Import>, ImportKind)>,
    Params(named): Params<UploadName>,
    body: RawBody,
) -> Answer<Json<ImportFileOut>> {
    let row = upload::take(&app, &actor, place, named.name.as_deref(), body).await?;
    Ok(Json(ImportFileOut::of(row)))
}

/// Take a file out again.
#[utoipa::path(
    delete, path = "/v1/imports/{id}/files/{kind}", tag = "imports",
    params(("id" = Id<id::Import>, Path), ("kind" = ImportKind, Path)), responses((status = 204))
)]
pub async fn remove_file(
    State(app): State<App>,
    CanImport(actor): CanImport,
    PathId((id, kind)): PathId<(Id<id::Import>, ImportKind)>,
) -> Answer<StatusCode> {
    upload::remove(&app, &actor, id, kind).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Say which column is which field, and what their words mean. It is kept for the next import from this system.
#[utoipa::path(
    put, path = "/v1/imports/{id}/files/{kind}/mapping", tag = "imports",
    params(("id" = Id<id::Import>, Path), ("kind" = ImportKind, Path)), request_body = Mapping,
    responses((status = 200, body = ImportFileOut))
)]
pub async fn set_mapping(
    State(app): State<App>,
    CanImport(actor): CanImport,
    PathId(place): PathId<(Id<id::Import>, ImportKind)>,
    Body(mapping): Body<Mapping>,
) -> Answer<Json<ImportFileOut>> {
    Ok(Json(ImportFileOut::of(checks::set_mapping(&app, &actor, place, mapping).await?)))
}

/// Check an import: every row is read, what a run would do is reported, nothing changes.
#[utoipa::path(
    post, path = "/v1/imports/{id}/check", tag = "imports", params(("id" = Id<id::Import>, Path)),
    responses((status = 202, body = ImportOut))
)]
pub async fn check(
    State(app): State<App>,
    CanImport(actor): CanImport,
    PathId(id): PathId<Id<id::Import>>,
) -> Answer<(StatusCode, Json<ImportOut>)> {
    let row = start::check(&app, &actor, id).await?;
    Ok((StatusCode::ACCEPTED, shown(&app, row).await?))
}

/// Run an import that was checked. What it made before is not made twice.
#[utoipa::path(
    post, path = "/v1/imports/{id}/run", tag = "imports", params(("id" = Id<id::Import>, Path)),
    responses((status = 202, body = ImportOut))
)]
pub async fn run(
    State(app): State<App>,
    CanImport(actor): CanImport,
    PathId(id): PathId<Id<id::Import>>,
) -> Answer<(StatusCode, Json<ImportOut>)> {
    let row = start::run(&app, &actor, id).await?;
    Ok((StatusCode::ACCEPTED, shown(&app, row).await?))
}

/// Take an import back: opening balances, clicks, conversions that still wait, and links. Offers, partners and bindings
/// stay.
#[utoipa::path(
    post, path = "/v1/imports/{id}/undo", tag = "imports", params(("id" = Id<id::Import>, Path)),
    responses((status = 202, body = ImportOut))
)]
pub async fn undo(
    State(app): State<App>,
    CanImport(actor): CanImport,
    PathId(id): PathId<Id<id::Import>>,
) -> Answer<(StatusCode, Json<ImportOut>)> {
    let row = start::undo(&app, &actor, id).await?;
    Ok((StatusCode::ACCEPTED, shown(&app, row).await?))
}

/// What was not understood.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "imf_01KAMX4S5T0000000000000000", "kind": "clicks", "line": 17, "column": "Affiliate ID",
    "code": "unknown_partner", "is_warning": false, "value": "1009", "message": ""
}))]
pub struct FindingOut {
    pub id: Id<id::ImportFinding>,
    pub kind: ImportKind,
    /// Of the file, the names of the columns being line 1.
    pub line: i64,
    /// Absent where the whole row is meant.
    pub column: Option<String>,
    pub code: FindingCode,
    /// The row was taken nevertheless.
    pub is_warning: bool,
    pub value: String,
    /// Plain words, where the rules here refused the row.
    pub message: String,
}

impl FindingOut {
    fn of(row: finding::Model) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            line: row.line,
            column: row.column_name,
            code: row.code,
            is_warning: row.code.is_warning(),
            value: row.value,
            message: row.message,
        }
    }
}

/// What the last check or run did not understand, in the order of files and lines. Of each file 10,000 are kept.
#[utoipa::path(
    get, path = "/v1/imports/{id}/findings", tag = "imports",
    params(("id" = Id<id::Import>, Path), FindingFilter, PageQuery),
    responses((status = 200, body = Page<FindingOut>))
)]
pub async fn findings(
    State(app): State<App>,
    CanImport(actor): CanImport,
    PathId(id): PathId<Id<id::Import>>,
    Params(filter): Params<FindingFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<FindingOut>>> {
    let records = app.records.read();
    store::get(records, actor.tenant, id).await?;
    let part = (page.after()?, page.limit() + 1);
    let rows = store::findings(records, actor.tenant, id, &filter, part).await?;
    Ok(Json(Page::from_rows(rows, &page, |row| row.id).map(FindingOut::of)))
}

/// The same as a CSV file.
#[utoipa::path(
    get, path = "/v1/imports/{id}/findings.csv", tag = "imports",
    params(("id" = Id<id::Import>, Path), FindingFilter),
    responses((status = 200, content_type = "text/csv", body = String,
        example = "file,line,column,reason,value,message\nclicks,17,Affiliate ID,unknown_partner,1009,\n"))
)]
pub async fn findings_file(
    State(app): State<App>,
    CanImport(actor): CanImport,
    PathId(id): PathId<Id<id::Import>>,
    Params(filter): Params<FindingFilter>,
) -> Answer<Response> {
    let records = app.records.read();
    store::get(records, actor.tenant, id).await?;
    let all = FINDINGS_MAX as u64 * ImportKind::ALL.len() as u64;
    let rows = store::findings(records, actor.tenant, id, &filter, (None, all)).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"not-understood.csv\"")),
    ];
    Ok((headers, csv_of(&rows).context("write the findings")?).into_response())
}

fn csv_of(rows: &[finding::Model]) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["file", "line", "column", "reason", "value", "message"])?;
    for row in rows {
        let code = serde_json::to_value(row.code)?;
        writer.write_record([
            row.kind.code(),
            &row.line.to_string(),
            &spreadsheet::cell(row.column_name.as_deref().unwrap_or_default()),
            code.as_str().unwrap_or_default(),
            &spreadsheet::cell(&row.value),
            &spreadsheet::cell(&row.message),
        ])?;
    }
    Ok(writer.into_inner()?)
}
