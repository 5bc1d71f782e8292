//! Invoices that are issued on partners' behalf.

use ::papers::{Figures, Kind, Paper, Tax};
use axum::{Json, extract::State, http::StatusCode, response::Response};
use kernel::{Id, Money, Refusal, Timestamp, id};
use serde::Serialize;

use super::files::FileQuery;
use crate::{
    App,
    billing_details::store::{self as details, Subject},
    identity::{
        Actor,
        permissions::{CanPay, CanReadBalances, CanSetPayoutDetails},
    },
    papers::{
        entity::partner_invoice::Model,
        files::{self, FileFormat},
        rules,
        self_billing::{self, IssueForPartner},
    },
    partners,
    platform::{
        Answer, Body,
        body::{Params, PathId},
    },
    workspaces,
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "pin_01KAMX4S5T0000000000000000", "payout_id": "pyt_01KAMX4S5T0000000000000000",
    "partner_id": "prt_01KAMX4S5T0000000000000000", "number": "SB-00001", "total": {"minor": 800, "currency": "EUR"},
    "issued_on": "2026-12-08", "frozen_hash": "9f2c", "created_at": "2026-12-08T09:30:00.000Z"
}))]
pub struct PartnerInvoiceOut {
    pub id: Id<id::PartnerInvoice>,
    pub payout_id: Id<id::Payout>,
    pub partner_id: Id<id::Partner>,
    pub number: String,
    /// What the payout came to, with tax.
    pub total: Money,
    pub issued_on: String,
    /// Of the paper as it was issued.
    pub frozen_hash: String,
    pub created_at: Timestamp,
}

impl From<Model> for PartnerInvoiceOut {
    fn from(row: Model) -> Self {
        Self {
            total: Money::new(row.total_minor, row.currency()),
            id: row.id,
            payout_id: row.payout_id,
            partner_id: row.partner_id,
            number: format!("{}-{:05}", row.series, row.number),
            issued_on: row.issued_on,
            frozen_hash: row.frozen_hash,
            created_at: row.created_at,
        }
    }
}

/// Issue the invoice of a payout that was paid, on the partner's behalf. It takes the next number of its series.
#[utoipa::path(
    post, path = "/v1/payouts/{id}/invoice", tag = "papers", operation_id = "issue_partner_invoice",
    params(("id" = Id<id::Payout>, Path)), request_body = IssueForPartner,
    responses(
        (status = 201, body = PartnerInvoiceOut),
        (status = 409, description = "`already_exists`, `illegal_move`, `self_billing_not_agreed`, `billing_details_missing`")
    )
)]
pub async fn issue(
    State(app): State<App>,
    CanPay(actor): CanPay,
    PathId(id): PathId<Id<id::Payout>>,
    Body(wanted): Body<IssueForPartner>,
) -> Answer<(StatusCode, Json<PartnerInvoiceOut>)> {
    let row = self_billing::issue(&app, &actor, id, &wanted).await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

async fn visible(app: &App, actor: &Actor, id: Id<id::Payout>) -> Answer<Model> {
    let row = self_billing::of_payout(app.records.read(), actor.tenant, id).await?;
    let row = row.filter(|row| actor.role.is_staff() || actor.partner == Some(row.partner_id));
    Ok(row.ok_or_else(|| Refusal::not_found("invoice"))?)
}

/// The invoice of a payout. A partner sees its own.
#[utoipa::path(
    get, path = "/v1/payouts/{id}/invoice", tag = "papers", operation_id = "show_partner_invoice",
    params(("id" = Id<id::Payout>, Path)), responses((status = 200, body = PartnerInvoiceOut))
)]
pub async fn show(
    State(app): State<App>,
    CanReadBalances(actor): CanReadBalances,
    PathId(id): PathId<Id<id::Payout>>,
) -> Answer<Json<PartnerInvoiceOut>> {
    Ok(Json(visible(&app, &actor, id).await?.into()))
}

/// The invoice of a payout as a file, as it was issued; in the language in which it was issued unless another is asked for.
#[utoipa::path(
    get, path = "/v1/payouts/{id}/invoice/file", tag = "papers", operation_id = "download_partner_invoice",
    params(("id" = Id<id::Payout>, Path), FileQuery),
    responses(
        (status = 200, content_type = "application/pdf", body = String, example = "%PDF-1.7"),
        (status = 409, description = "`paper_changed`: it is not what was issued")
    )
)]
pub async fn file(
    State(app): State<App>,
    CanReadBalances(actor): CanReadBalances,
    PathId(id): PathId<Id<id::Payout>>,
    Params(query): Params<FileQuery>,
) -> Answer<Response> {
    let row = visible(&app, &actor, id).await?;
    let mut paper = self_billing::thawed(&row)?;
    paper.language = files::language(query.language.as_deref(), paper.language.code())?;
    let name = PartnerInvoiceOut::from(row).number;
    files::answer(paper, query.format.unwrap_or_default(), &name).await
}

/// The agreement under which invoices are issued on a partner's behalf, ready to be signed.
#[utoipa::path(
    get, path = "/v1/partners/{id}/self-billing-agreement", tag = "papers", operation_id = "download_self_billing_agreement",
    params(("id" = Id<id::Partner>, Path)),
    responses(
        (status = 200, content_type = "application/pdf", body = String, example = "%PDF-1.7"),
        (status = 409, description = "`billing_details_missing`")
    )
)]
pub async fn agreement(
    State(app): State<App>,
    CanSetPayoutDetails(actor): CanSetPayoutDetails,
    PathId(id): PathId<Id<id::Partner>>,
) -> Answer<Response> {
    actor.require_partner(id)?;
    let (records, tenant) = (app.records.read(), actor.tenant);
    partners::store::get(records, tenant, id).await?;
    let seller = details::require(records, tenant, Subject::partner(id)).await?;
    let buyer = details::require(records, tenant, Subject::workspace(tenant)).await?;
    let workspace = workspaces::store::get(records, tenant).await?;
    let since = seller.self_billing_since.as_deref().and_then(|day| day.parse().ok());
    let paper = Paper {
        kind: Kind::SelfBillingConsent,
        language: ::papers::Language::of(&seller.language),
        currency: workspace.currency()?,
        number: None,
        issued_on: since.unwrap_or(app.ambient.now().local_day(&workspace.zone()?)),
        due_on: None,
        period: None,
        corrects: None,
        seller: rules::party(&seller),
        buyer: rules::party(&buyer),
        lines: Vec::new(),
        tax: Tax::default(),
        figures: Figures::default(),
        notes: Vec::new(),
    };
    files::answer(paper, FileFormat::Pdf, &format!("self-billing-agreement-{id}")).await
}
