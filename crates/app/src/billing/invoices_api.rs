//! Invoices over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use jiff::civil::Date;
use kernel::{Id, Money, Page, PageQuery, Refusal, Timestamp, id};
use sea_orm::{ColumnTrait as _, QueryFilter as _};
use serde::{Deserialize, Serialize};

use super::{
    entity::invoice::{Column, InvoiceKind, InvoiceState, Lines, Model},
    invoices::{self, Issue, NewInvoice},
    listed::{self, InvoiceFilter},
    rules,
};
use crate::{
    App,
    identity::{
        Actor,
        permissions::{CanBillAdvertisers, CanReadBilling},
    },
    platform::{
        Answer, Body,
        body::{Params, PathId},
        labels::Wanted,
        listing::newest_first,
    },
    workspaces,
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "ivc_01KAMX4S5T0000000000000000", "advertiser_id": "adv_01KAMX4S5T0000000000000000", "kind": "invoice",
    "state": "issued", "number": "INV-00042", "from": "2026-10-31T23:00:00.000Z", "to": "2026-11-30T23:00:00.000Z",
    "lines": [{"offer_id": "ofr_01KAMX4S5T0000000000000000", "goal_id": "gol_01KAMX4S5T0000000000000000",
        "correction": false, "count": 100, "amount_minor": 120000}],
    "net": {"minor": 120000, "currency": "EUR"}, "vat_bp": 2300, "vat_note": null,
    "vat": {"minor": 27600, "currency": "EUR"}, "total": {"minor": 147600, "currency": "EUR"},
    "open": {"minor": 147600, "currency": "EUR"}, "issued_on": "2026-12-01", "due_on": "2026-12-15",
    "corrects_id": null, "void_reason": null, "created_at": "2026-12-01T09:30:00.000Z"
}))]
pub struct InvoiceOut {
    pub id: Id<id::Invoice>,
    pub advertiser_id: Id<id::Advertiser>,
    pub kind: InvoiceKind,
    pub state: InvoiceState,
    /// Absent while it is a draft.
    pub number: Option<String>,
    pub from: Timestamp,
    pub to: Timestamp,
    pub lines: Lines,
    pub net: Money,
    /// Of the net amount, in hundredths of a per cent.
    pub vat_bp: i32,
    pub vat_note: Option<String>,
    pub vat: Money,
    pub total: Money,
    /// What is not settled.
    pub open: Money,
    pub issued_on: Option<String>,
    pub due_on: Option<String>,
    /// The invoice that a credit note undoes.
    pub corrects_id: Option<Id<id::Invoice>>,
    pub void_reason: Option<String>,
    pub created_at: Timestamp,
}

impl InvoiceOut {
    fn of(row: Model, today: Date) -> Self {
        let currency = row.currency();
        Self {
            state: rules::shown_state(row.state, row.due_on.as_deref(), today),
            number: row.number_text(),
            id: row.id,
            advertiser_id: row.advertiser_id,
            kind: row.kind,
            from: row.from_at,
            to: row.to_at,
            lines: row.lines,
            net: Money::new(row.net_minor, currency),
            vat_bp: row.vat_bp,
            vat_note: row.vat_note,
            vat: Money::new(row.vat_minor, currency),
            total: Money::new(row.total_minor, currency),
            open: Money::new(row.open_minor, currency),
            issued_on: row.issued_on,
            due_on: row.due_on,
            corrects_id: row.corrects_id,
            void_reason: row.void_reason,
            created_at: row.created_at,
        }
    }
}

async fn today(app: &App, actor: &Actor) -> Answer<Date> {
    let zone = workspaces::store::get(app.records.read(), actor.tenant).await?.zone()?;
    Ok(app.ambient.now().local_day(&zone))
}

/// Draw an invoice of what was charged until a moment and stands on no other. It has no number yet.
#[utoipa::path(
    post, path = "/v1/invoices", tag = "billing", request_body = NewInvoice,
    responses((status = 201, body = InvoiceOut), (status = 409, description = "`nothing_to_invoice`"))
)]
pub async fn draft(
    State(app): State<App>,
    CanBillAdvertisers(actor): CanBillAdvertisers,
    Body(new): Body<NewInvoice>,
) -> Answer<(StatusCode, Json<InvoiceOut>)> {
    let row = invoices::draft(&app, &actor, &new).await?;
    Ok((StatusCode::CREATED, Json(InvoiceOut::of(row, today(&app, &actor).await?))))
}

/// Invoices and credit notes, newest first. An advertiser sees its own that were issued.
#[utoipa::path(
    get, path = "/v1/invoices", tag = "billing", params(InvoiceFilter, PageQuery),
    responses((status = 200, body = Page<InvoiceOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadBilling(actor): CanReadBilling,
    Params(filter): Params<InvoiceFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<InvoiceOut>>> {
    let zone = workspaces::store::get(app.records.read(), actor.tenant).await?.zone()?;
    let today = app.ambient.now().local_day(&zone);
    let mut query = listed::invoices(actor.tenant, &filter, (today, &zone));
    if !actor.role.is_staff() {
        query = query.filter(Column::AdvertiserId.eq(actor.advertiser)).filter(Column::State.ne(InvoiceState::Draft));
    }
    let rows = newest_first::<_, id::Invoice>(app.records.read(), query, Column::Id, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id).map(|row| InvoiceOut::of(row, today));
    let wanted = Wanted::default().with(rows.items.iter().map(|row| row.advertiser_id));
    Ok(Json(wanted.beside(rows, app.records.read(), actor.tenant).await?))
}

/// One invoice or credit note.
#[utoipa::path(
    get, path = "/v1/invoices/{id}", tag = "billing", params(("id" = Id<id::Invoice>, Path)),
    responses((status = 200, body = InvoiceOut))
)]
pub async fn show(
    State(app): State<App>,
    CanReadBilling(actor): CanReadBilling,
    PathId(id): PathId<Id<id::Invoice>>,
) -> Answer<Json<InvoiceOut>> {
    let row = invoices::get(app.records.read(), actor.tenant, id).await?;
    let is_own = actor.advertiser == Some(row.advertiser_id) && row.state != InvoiceState::Draft;
    if !actor.role.is_staff() && !is_own {
        return Err(Refusal::not_found("invoice").into());
    }
    Ok(Json(InvoiceOut::of(row, today(&app, &actor).await?)))
}

/// Issue a draft: it takes the next number of its series, and what was paid settles it.
#[utoipa::path(
    post, path = "/v1/invoices/{id}/issue", tag = "billing", params(("id" = Id<id::Invoice>, Path)),
    request_body = Issue, responses((status = 200, body = InvoiceOut), (status = 409, description = "`illegal_move`"))
)]
pub async fn issue(
    State(app): State<App>,
    CanBillAdvertisers(actor): CanBillAdvertisers,
    PathId(id): PathId<Id<id::Invoice>>,
    Body(wanted): Body<Issue>,
) -> Answer<Json<InvoiceOut>> {
    let row = invoices::issue(&app, &actor, id, &wanted).await?;
    Ok(Json(InvoiceOut::of(row, today(&app, &actor).await?)))
}

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"reason": "The wrong company was named"}))]
#[serde(deny_unknown_fields)]
pub struct Undone {
    pub reason: String,
}

/// Undo an issued invoice by a credit note, which is answered: what stood on it can be invoiced anew.
#[utoipa::path(
    post, path = "/v1/invoices/{id}/void", tag = "billing", params(("id" = Id<id::Invoice>, Path)),
    request_body = Undone, responses((status = 200, body = InvoiceOut), (status = 409, description = "`illegal_move`"))
)]
pub async fn void(
    State(app): State<App>,
    CanBillAdvertisers(actor): CanBillAdvertisers,
    PathId(id): PathId<Id<id::Invoice>>,
    Body(body): Body<Undone>,
) -> Answer<Json<InvoiceOut>> {
    let row = invoices::void(&app, &actor, id, &body.reason).await?;
    Ok(Json(InvoiceOut::of(row, today(&app, &actor).await?)))
}

/// Throw a draft away. What was issued is undone by a credit note instead.
#[utoipa::path(
    delete, path = "/v1/invoices/{id}", tag = "billing", params(("id" = Id<id::Invoice>, Path)),
    responses((status = 204), (status = 409, description = "`illegal_move`"))
)]
pub async fn discard(
    State(app): State<App>,
    CanBillAdvertisers(actor): CanBillAdvertisers,
    PathId(id): PathId<Id<id::Invoice>>,
) -> Answer<StatusCode> {
    invoices::discard(&app, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
