//! What a partner has to invoice, and to whom.

use axum::{Json, extract::State};
use kernel::{Id, Money, id};
use sea_orm::TransactionTrait as _;
use serde::Serialize;

use crate::{
    App,
    billing_details::{
        entity::Model as Details,
        store::{self as details, Subject},
    },
    identity::permissions::CanReadBalances,
    own_invoices::rules::ToInvoiceStanding,
    partners::store::get as get_partner,
    payout_requirements::{entity::BilledBy, store::demands},
    payouts::to_invoice::{self, Line},
    platform::{Answer, body::PathId},
    workspaces,
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "billed_by": "own_invoice",
    "bill_to": {"name": "Riverside GmbH", "address": ["Uferweg 3", "10115 Berlin"], "country": "DE",
        "vat_id": "DE301234567", "tax_id": null, "registration": null, "email": "bills@riverside.example"},
    "items": [{
        "due": {"minor": 1600, "currency": "EUR"}, "accepted": {"minor": 800, "currency": "EUR"},
        "waiting": {"minor": 0, "currency": "EUR"}, "to_invoice": {"minor": 800, "currency": "EUR"},
        "standing": "to_invoice", "statement_from": "2026-10-06", "statement_to": "2026-11-05"
    }]
}))]
pub struct ToInvoice {
    /// Who writes the partner's invoices; the rest is empty where the workspace does.
    pub billed_by: BilledBy,
    /// To whom an invoice is addressed; absent until the workspace has billing details.
    pub bill_to: Option<BillTo>,
    /// One for each currency in which something would be sent or is handed in.
    pub items: Vec<ToInvoiceLine>,
}

/// The workspace's billing details, as an invoice to it names them.
#[derive(Serialize, utoipa::ToSchema)]
pub struct BillTo {
    pub name: String,
    pub address: Vec<String>,
    pub country: String,
    pub vat_id: Option<String>,
    pub tax_id: Option<String>,
    pub registration: Option<String>,
    pub email: Option<String>,
}

/// Amounts hold the tax.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ToInvoiceLine {
    /// What is payable less debt: what invoices have to come to.
    pub due: Money,
    /// Invoices that staff accepted and no payout carries.
    pub accepted: Money,
    /// Invoices that wait for staff.
    pub waiting: Money,
    /// What is left to invoice.
    pub to_invoice: Money,
    pub standing: ToInvoiceStanding,
    /// The first day of the statement that tells what it is for.
    #[schema(format = Date)]
    pub statement_from: String,
    #[schema(format = Date)]
    pub statement_to: String,
}

impl From<Line> for ToInvoiceLine {
    fn from(line: Line) -> Self {
        let money = |minor| Money::new(minor, line.currency);
        Self {
            due: money(line.due_minor),
            accepted: money(line.accepted_minor),
            waiting: money(line.waiting_minor),
            to_invoice: money(line.to_invoice_minor),
            standing: line.standing,
            statement_from: line.days.0.to_string(),
            statement_to: line.days.1.to_string(),
        }
    }
}

impl From<Details> for BillTo {
    fn from(row: Details) -> Self {
        Self {
            name: row.name,
            address: row.address.lines().map(str::to_owned).collect(),
            country: row.country,
            vat_id: row.vat_id,
            tax_id: row.tax_id,
            registration: row.registration,
            email: row.email,
        }
    }
}

/// What a partner that writes its own invoices has to invoice, to whom, and which statement tells what for. It is paid once
/// its accepted invoices, tax included, come to what is due. A partner reads its own.
#[utoipa::path(
    get, path = "/v1/partners/{id}/to-invoice", tag = "own_invoices", operation_id = "show_what_to_invoice",
    params(("id" = Id<id::Partner>, Path)), responses((status = 200, body = ToInvoice))
)]
pub async fn to_invoice(
    State(app): State<App>,
    CanReadBalances(actor): CanReadBalances,
    PathId(id): PathId<Id<id::Partner>>,
) -> Answer<Json<ToInvoice>> {
    actor.require_partner(id)?;
    let (records, tenant) = (app.records.read().begin().await?, actor.tenant);
    let partner = get_partner(&records, tenant, id).await?;
    let billed_by = demands(&records, tenant).await?.billed_by(id);
    if billed_by == BilledBy::SelfBilling {
        return Ok(Json(ToInvoice { billed_by, bill_to: None, items: Vec::new() }));
    }
    let zone = workspaces::store::get(&records, tenant).await?.zone()?;
    let lines = to_invoice::lines(&records, tenant, &partner, (&zone, app.ambient.now())).await?;
    let bill_to = details::find(&records, tenant, Subject::workspace(tenant)).await?.map(BillTo::from);
    Ok(Json(ToInvoice { billed_by, bill_to, items: lines.into_iter().map(ToInvoiceLine::from).collect() }))
}
