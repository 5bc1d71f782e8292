//! Partners' own invoices over HTTP.

use axum::{Json, body::Body as RawBody, extract::State, http::StatusCode, response::Response};
use kernel::{Currency, Id, Money, Page, PageQuery, Refusal, Timestamp, id};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde::{Deserialize, Serialize};

use super::{
    entity::{Column, Entity, Model, OwnInvoiceState},
    review::{self, ReviewOwnInvoice},
    store,
    submit::{self, NewOwnInvoice},
};
use crate::{
    App,
    identity::{
        Role,
        permissions::{CanReadOwnInvoices, CanReviewOwnInvoices, CanSubmitOwnInvoices},
    },
    partner_files::{self, kinds::FileKind, upload::Upload},
    platform::{
        Answer, Body,
        body::{Params, PathId},
        labels::Wanted,
        listing::newest_first,
    },
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "oin_01KAMX4S5T0000000000000000", "partner_id": "prt_01KAMX4S5T0000000000000000", "number": "FV/12/2026",
    "issued_on": "2026-11-22", "net": {"minor": 65041, "currency": "EUR"}, "tax": {"minor": 14959, "currency": "EUR"},
    "gross": {"minor": 80000, "currency": "EUR"}, "state": "sent_back", "reason": "Our VAT number is missing",
    "payout_id": null, "file_name": "FV-12.pdf", "file_kind": "pdf", "file_bytes": 81234,
    "created_at": "2026-11-22T09:30:00.000Z", "reviewed_at": "2026-11-23T09:30:00.000Z"
}))]
pub struct OwnInvoiceOut {
    pub id: Id<id::OwnInvoice>,
    pub partner_id: Id<id::Partner>,
    /// As the partner wrote it.
    pub number: String,
    #[schema(format = Date)]
    pub issued_on: String,
    pub net: Money,
    pub tax: Money,
    /// What is paid: net and tax.
    pub gross: Money,
    pub state: OwnInvoiceState,
    /// Why it was sent back.
    pub reason: Option<String>,
    /// Which payout carries it.
    pub payout_id: Option<Id<id::Payout>>,
    pub file_name: Option<String>,
    pub file_kind: FileKind,
    pub file_bytes: i64,
    pub created_at: Timestamp,
    pub reviewed_at: Option<Timestamp>,
}

impl OwnInvoiceOut {
    fn of(row: Model) -> Answer<Self> {
        let currency: Currency = row.currency.parse()?;
        let money = |minor| Money::new(minor, currency);
        Ok(Self {
            id: row.id,
            partner_id: row.partner_id,
            number: row.number,
            issued_on: row.issued_on,
            net: money(row.net_minor),
            tax: money(row.tax_minor),
            gross: money(row.gross_minor),
            state: row.state,
            reason: row.reason,
            payout_id: row.payout_id,
            file_name: row.file_name,
            file_kind: row.file_kind,
            file_bytes: row.file_bytes,
            created_at: row.created_at,
            reviewed_at: row.reviewed_at,
        })
    }
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OwnInvoiceFilter {
    pub partner_id: Option<Id<id::Partner>>,
    pub state: Option<OwnInvoiceState>,
}

/// Invoices that partners wrote themselves, newest first. A partner sees its own.
#[utoipa::path(
    get, path = "/v1/own-invoices", tag = "own_invoices", operation_id = "list_own_invoices",
    params(OwnInvoiceFilter, PageQuery), responses((status = 200, body = Page<OwnInvoiceOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadOwnInvoices(actor): CanReadOwnInvoices,
    Params(filter): Params<OwnInvoiceFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<OwnInvoiceOut>>> {
    let mut query = Entity::find().filter(Column::WorkspaceId.eq(actor.tenant.id()));
    if actor.role == Role::Partner {
        query = query.filter(Column::PartnerId.eq(actor.partner));
    }
    if let Some(partner) = filter.partner_id {
        query = query.filter(Column::PartnerId.eq(partner));
    }
    if let Some(state) = filter.state {
        query = query.filter(Column::State.eq(state));
    }
    let rows = newest_first::<_, id::OwnInvoice>(app.records.read(), query, Column::Id, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id).try_map(OwnInvoiceOut::of)?;
    let wanted = Wanted::default().with(rows.items.iter().map(|row| row.partner_id));
    Ok(Json(wanted.beside(rows, app.records.read(), actor.tenant).await?))
}

/// Hand an own invoice in: a PDF, PNG, JPG or XML of 5 MiB at most, which waits for staff. Whoever is billed by the
/// workspace hands none in.
#[utoipa::path(
    post, path = "/v1/partners/{id}/own-invoices", tag = "own_invoices", operation_id = "submit_own_invoice",
    params(("id" = Id<id::Partner>, Path), NewOwnInvoice),
    request_body(content = String, content_type = "application/pdf", example = "%PDF-1.7\n%%EOF\n"),
    responses(
        (status = 201, body = OwnInvoiceOut),
        (status = 409, description = "`already_exists`: this number stands; `wrong_biller`; `too_many_of_them`"),
        (status = 422, description = "`invalid_fields`: another kind of file, another currency, or sums that do not add up")
    )
)]
pub async fn create(
    State(app): State<App>,
    CanSubmitOwnInvoices(actor): CanSubmitOwnInvoices,
    PathId(id): PathId<Id<id::Partner>>,
    Params(new): Params<NewOwnInvoice>,
    body: RawBody,
) -> Answer<(StatusCode, Json<OwnInvoiceOut>)> {
    actor.require_partner(id)?;
    let file = Upload::read(new.name.as_deref(), body).await?;
    let row = submit::submit(&app, &actor, id, (&new, &file)).await?;
    Ok((StatusCode::CREATED, Json(OwnInvoiceOut::of(row)?)))
}

/// An own invoice's file as it was handed in.
#[utoipa::path(
    get, path = "/v1/own-invoices/{id}/file", tag = "own_invoices", operation_id = "download_own_invoice",
    params(("id" = Id<id::OwnInvoice>, Path)),
    responses((status = 200, content_type = "application/pdf", body = String, example = "%PDF-1.7"))
)]
pub async fn file(
    State(app): State<App>,
    CanReadOwnInvoices(actor): CanReadOwnInvoices,
    PathId(id): PathId<Id<id::OwnInvoice>>,
) -> Answer<Response> {
    let row = store::get(app.records.read(), actor.tenant, id).await?;
    if !actor.role.is_staff() && actor.partner != Some(row.partner_id) {
        return Err(Refusal::not_found("invoice").into());
    }
    let name = format!("invoice-{id}");
    partner_files::store::answer(&app, (actor.tenant, id.uuid()), (&name, row.file_kind)).await
}

/// Accept an own invoice, or send it back and say why. One that was accepted may be sent back until a payout carries it.
#[utoipa::path(
    post, path = "/v1/own-invoices/{id}/review", tag = "own_invoices", operation_id = "review_own_invoice",
    params(("id" = Id<id::OwnInvoice>, Path)), request_body = ReviewOwnInvoice,
    responses((status = 200, body = OwnInvoiceOut), (status = 409, description = "`already_decided`"))
)]
pub async fn review(
    State(app): State<App>,
    CanReviewOwnInvoices(actor): CanReviewOwnInvoices,
    PathId(id): PathId<Id<id::OwnInvoice>>,
    Body(wanted): Body<ReviewOwnInvoice>,
) -> Answer<Json<OwnInvoiceOut>> {
    Ok(Json(OwnInvoiceOut::of(review::review(&app, &actor, id, &wanted).await?)?))
}
