//! Reconciliations over HTTP.

use axum::{Json, body::Body as RawBody, extract::State, http::StatusCode};
use kernel::{Id, Page, PageQuery, Refusal, RefusalCode, id};
use sea_orm::{ColumnTrait as _, QueryFilter as _};

use super::{
    agreed,
    begin::{self, NewReconciliation},
    close,
    entity::reconciliation::Column,
    listed::{self, ReconciliationFilter},
    model::{AgreedMapping, ReconciliationState},
    shapes::ReconciliationOut,
};
use crate::{
    App, advertisers,
    identity::permissions::{CanReadActs, CanReadReconciliation, CanReconcile},
    platform::{
        Answer, Body,
        body::{Params, PathId},
        labels::Wanted,
        listing::newest_first,
    },
};

/// How an advertiser's files of figures are read.
#[utoipa::path(
    get, path = "/v1/advertisers/{id}/figures-mapping", tag = "reconciliation",
    params(("id" = Id<id::Advertiser>, Path)),
    responses((status = 200, body = AgreedMapping, example = json!({
        "columns": {"order": "Order", "status": "State", "amount": "Sum"}, "words": {"ok": "approved"},
        "currency": "EUR", "time_zone": "America/New_York", "amount_of": "charge"
    })))
)]
pub async fn mapping(
    State(app): State<App>,
    CanReadReconciliation(actor): CanReadReconciliation,
    PathId(id): PathId<Id<id::Advertiser>>,
) -> Answer<Json<AgreedMapping>> {
    advertisers::store::get(app.records.read(), actor.tenant, id).await?;
    let found = agreed::find(app.records.read(), actor.tenant, id).await?;
    Ok(Json(found.ok_or_else(|| Refusal::not_found("mapping"))?.mapping))
}

/// Agree on how an advertiser's files of figures are read: columns, words, forms of dates and amounts, time zone, and by
/// which date a row belongs to a period. With a column of counts they are totals.
#[utoipa::path(
    put, path = "/v1/advertisers/{id}/figures-mapping", tag = "reconciliation",
    params(("id" = Id<id::Advertiser>, Path)),
    request_body(content = AgreedMapping, example = json!({
        "columns": {"order": "Order", "status": "State", "amount": "Sum", "date": "Date"},
        "words": {"ok": "approved", "wait": "pending", "no": {"rejected": "advertiser_other"}, "test": "test"},
        "currency": "EUR", "decimal_mark": "comma", "date_form": "day_first", "time_zone": "America/New_York",
        "date_basis": "event", "window_days": 30, "rounding": 1, "amount_of": "charge"
    })),
    responses((status = 200, body = AgreedMapping))
)]
pub async fn set_mapping(
    State(app): State<App>,
    CanReconcile(actor): CanReconcile,
    PathId(id): PathId<Id<id::Advertiser>>,
    Body(mapping): Body<AgreedMapping>,
) -> Answer<Json<AgreedMapping>> {
    Ok(Json(agreed::set(&app, &actor, id, mapping).await?.mapping))
}

/// Upload an advertiser's figures of a period, CSV or XLSX of 16 MiB at most, to be compared with ours.
///
/// The file is read by the mapping that was agreed. Where a row is not understood nothing is taken, and each bad row is
/// named by its number.
#[utoipa::path(
    post, path = "/v1/reconciliations", tag = "reconciliation", params(NewReconciliation),
    request_body(content = String, content_type = "text/csv", example = "Order,State,Sum\nA-1001,ok,12.00\n"),
    responses((status = 201, body = ReconciliationOut), (status = 400, description = "`bad_figures`"),
        (status = 409, description = "`already_exists`, `period_closed`"))
)]
pub async fn create(
    State(app): State<App>,
    CanReconcile(actor): CanReconcile,
    Params(new): Params<NewReconciliation>,
    body: RawBody,
) -> Answer<(StatusCode, Json<ReconciliationOut>)> {
    let broken = |_| Refusal::new(RefusalCode::BodyTooLarge, "the upload broke off, or is larger than 16 MiB");
    let content = axum::body::to_bytes(body, reconcile::table::FILE_MAX).await.map_err(broken)?;
    let row = begin::begin(&app, &actor, new, content.to_vec()).await?;
    Ok((StatusCode::CREATED, Json(ReconciliationOut::of(row, true))))
}

/// Reconciliations, newest first. An advertiser sees its own that are closed.
#[utoipa::path(
    get, path = "/v1/reconciliations", tag = "reconciliation", params(ReconciliationFilter, PageQuery),
    responses((status = 200, body = Page<ReconciliationOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadActs(actor): CanReadActs,
    Params(filter): Params<ReconciliationFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<ReconciliationOut>>> {
    let is_staff = actor.role.is_staff();
    let undecided = filter.undecided.filter(|_| is_staff);
    let mut query = listed::periods(actor.tenant, &ReconciliationFilter { undecided, ..filter });
    if !is_staff {
        let closed = Column::State.eq(ReconciliationState::Closed);
        query = query.filter(Column::AdvertiserId.eq(actor.advertiser)).filter(closed);
    }
    let rows = newest_first::<_, id::Reconciliation>(app.records.read(), query, Column::Id, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id).map(|row| ReconciliationOut::of(row, is_staff));
    let wanted = Wanted::default().with(rows.items.iter().map(|row| row.advertiser_id));
    Ok(Json(wanted.beside(rows, app.records.read(), actor.tenant).await?))
}

/// One reconciliation, with its act once it is closed.
#[utoipa::path(
    get, path = "/v1/reconciliations/{id}", tag = "reconciliation", params(("id" = Id<id::Reconciliation>, Path)),
    responses((status = 200, body = ReconciliationOut))
)]
pub async fn show(
    State(app): State<App>,
    CanReadActs(actor): CanReadActs,
    PathId(id): PathId<Id<id::Reconciliation>>,
) -> Answer<Json<ReconciliationOut>> {
    let row = begin::get(app.records.read(), actor.tenant, id).await?;
    let is_staff = actor.role.is_staff();
    let is_own = actor.advertiser == Some(row.advertiser_id) && row.state == ReconciliationState::Closed;
    if !is_staff && !is_own {
        return Err(Refusal::not_found("reconciliation").into());
    }
    Ok(Json(ReconciliationOut::of(row, is_staff)))
}

/// Throw a reconciliation away that is not closed. What was decided and carried out stands.
#[utoipa::path(
    delete, path = "/v1/reconciliations/{id}", tag = "reconciliation", params(("id" = Id<id::Reconciliation>, Path)),
    responses((status = 204), (status = 409, description = "`period_closed`"))
)]
pub async fn discard(
    State(app): State<App>,
    CanReconcile(actor): CanReconcile,
    PathId(id): PathId<Id<id::Reconciliation>>,
) -> Answer<StatusCode> {
    begin::discard(&app, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Close the period: its act is frozen with a hash, and its invoices are drawn from the same figures. What changes later
/// is a correction on the next period's.
#[utoipa::path(
    post, path = "/v1/reconciliations/{id}/close", tag = "reconciliation",
    params(("id" = Id<id::Reconciliation>, Path)),
    responses((status = 200, body = ReconciliationOut),
        (status = 409, description = "`not_all_decided`, `period_not_over`, `period_closed`"))
)]
pub async fn close(
    State(app): State<App>,
    CanReconcile(actor): CanReconcile,
    PathId(id): PathId<Id<id::Reconciliation>>,
) -> Answer<Json<ReconciliationOut>> {
    Ok(Json(ReconciliationOut::of(close::close(&app, &actor, id).await?, true)))
}
