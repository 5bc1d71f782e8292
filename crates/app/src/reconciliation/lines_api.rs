//! Differences over HTTP.

use axum::{
    Json,
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use kernel::{Id, Page, PageQuery, Refusal, id};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::{
    begin,
    decide::{self, DecideLines, LinesDecided},
    entity::file,
    lines::{self, LineFilter},
    shapes::{LineGroup, LineOut},
};
use crate::{
    App,
    identity::permissions::{CanReadReconciliation, CanReconcile},
    platform::{
        Answer, Body,
        body::{Params, PathId},
        labels::Wanted,
    },
};

/// The lines of a comparison in the order of their file; what only we have stands behind.
#[utoipa::path(
    get, path = "/v1/reconciliations/{id}/lines", tag = "reconciliation",
    params(("id" = Id<id::Reconciliation>, Path), LineFilter, PageQuery),
    responses((status = 200, body = Page<LineOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadReconciliation(actor): CanReadReconciliation,
    PathId(id): PathId<Id<id::Reconciliation>>,
    Params(filter): Params<LineFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<LineOut>>> {
    let records = app.records.read();
    let row = begin::get(records, actor.tenant, id).await?;
    let rows = lines::page(records, &row, &filter, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id).map(LineOut::of);
    let wanted = Wanted::default()
        .with(rows.items.iter().filter_map(|row| row.offer_id))
        .with(rows.items.iter().filter_map(|row| row.decided_by));
    Ok(Json(wanted.beside(rows, records, actor.tenant).await?))
}

/// How many lines and how much money each class, cause, offer and decision has.
#[utoipa::path(
    get, path = "/v1/reconciliations/{id}/groups", tag = "reconciliation",
    params(("id" = Id<id::Reconciliation>, Path), LineFilter),
    responses((status = 200, body = Page<LineGroup>))
)]
pub async fn groups(
    State(app): State<App>,
    CanReadReconciliation(actor): CanReadReconciliation,
    PathId(id): PathId<Id<id::Reconciliation>>,
    Params(filter): Params<LineFilter>,
) -> Answer<Json<Page<LineGroup>>> {
    let records = app.records.read();
    let row = begin::get(records, actor.tenant, id).await?;
    let groups = lines::groups(records, &row, &filter).await?;
    let groups = Page::whole(groups.into_iter().map(LineGroup::from).collect());
    let wanted = Wanted::default().with(groups.items.iter().filter_map(|row: &LineGroup| row.offer_id));
    Ok(Json(wanted.beside(groups, records, actor.tenant).await?))
}

/// Decide differences: those that are named, or all of a class, cause and offer that nobody has decided. What is taken
/// from theirs moves conversions a moment later; what cannot be moved comes back undecided, with why.
#[utoipa::path(
    post, path = "/v1/reconciliations/{id}/decisions", tag = "reconciliation",
    params(("id" = Id<id::Reconciliation>, Path)), request_body = DecideLines,
    responses((status = 200, body = LinesDecided),
        (status = 409, description = "`already_decided`, `nothing_to_take`, `illegal_move`"))
)]
pub async fn decide(
    State(app): State<App>,
    CanReconcile(actor): CanReconcile,
    PathId(id): PathId<Id<id::Reconciliation>>,
    Body(wanted): Body<DecideLines>,
) -> Answer<Json<LinesDecided>> {
    Ok(Json(decide::decide(&app, &actor, id, &wanted).await?))
}

/// The file as it was uploaded.
#[utoipa::path(
    get, path = "/v1/reconciliations/{id}/file", tag = "reconciliation",
    params(("id" = Id<id::Reconciliation>, Path)),
    responses((status = 200, content_type = "application/octet-stream", body = String, example = "Order,State,Sum\n"))
)]
pub async fn file(
    State(app): State<App>,
    CanReadReconciliation(actor): CanReadReconciliation,
    PathId(id): PathId<Id<id::Reconciliation>>,
) -> Answer<Response> {
    let records = app.records.read();
    begin::get(records, actor.tenant, id).await?;
    let query = file::Entity::find_by_id(id).filter(file::Column::WorkspaceId.eq(actor.tenant.id()));
    let kept = query.one(records).await?.ok_or_else(|| Refusal::not_found("file"))?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"figures\"")),
    ];
    Ok((headers, kept.content).into_response())
}
