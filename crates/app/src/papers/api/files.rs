//! Statements and advertisers' invoices as files.

use axum::{extract::State, response::Response};
use kernel::{Currency, Id, Refusal, RefusalCode, id};
use serde::Deserialize;

use crate::{
    App,
    billing::{entity::invoice::InvoiceState, invoices},
    identity::permissions::{CanReadBalances, CanReadBilling},
    papers::{
        files::{self, FileFormat},
        invoice_file,
        statement::{self, Asked},
    },
    partners,
    platform::{
        Answer,
        body::{Params, PathId},
    },
    workspaces,
};

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StatementQuery {
    /// `pdf` unless said.
    pub format: Option<FileFormat>,
    /// The workspace's own unless said.
    pub currency: Option<Currency>,
    /// The first day, by the workspace's clock.
    #[param(example = "2026-11-01")]
    pub from: String,
    /// The last day.
    #[param(example = "2026-11-30")]
    pub to: String,
    /// en, ru or pl; the partner's own unless said.
    pub language: Option<String>,
}

/// A partner's statement of some days as a file: PDF with sums by offer, XLSX and CSV with every entry. What it had before,
/// what was added, taken back and paid, and what it has at the end, as the book says.
#[utoipa::path(
    get, path = "/v1/partners/{id}/statement-file", tag = "papers", operation_id = "download_statement",
    params(("id" = Id<id::Partner>, Path), StatementQuery),
    responses((status = 200, content_type = "application/pdf", body = String))
)]
pub async fn statement(
    State(app): State<App>,
    CanReadBalances(actor): CanReadBalances,
    PathId(id): PathId<Id<id::Partner>>,
    Params(query): Params<StatementQuery>,
) -> Answer<Response> {
    actor.require_partner(id)?;
    let records = app.records.read();
    let partner = partners::store::get(records, actor.tenant, id).await?;
    let currency = match query.currency {
        Some(currency) => currency,
        None => workspaces::store::get(records, actor.tenant).await?.currency()?,
    };
    let format = query.format.unwrap_or_default();
    let asked = Asked {
        partner: id,
        currency,
        days: (day("from", &query.from)?, day("to", &query.to)?),
        language: files::language(query.language.as_deref(), &partner.language)?,
        each: format != FileFormat::Pdf,
    };
    let paper = statement::draw(&app, &actor, asked).await?;
    let name = format!("statement-{id}-{}-{}-{currency}", asked.days.0, asked.days.1);
    files::answer(paper, format, &name).await
}

fn day(name: &str, text: &str) -> Result<jiff::civil::Date, Refusal> {
    let wrong = |_| Refusal::new(RefusalCode::BadParameter, format!("{name} is a day such as 2026-11-22"));
    text.parse().map_err(wrong)
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FileQuery {
    /// `pdf` unless said.
    pub format: Option<FileFormat>,
    /// en, ru or pl; that of the reader's billing details unless said.
    pub language: Option<String>,
}

/// An advertiser's invoice or credit note as a file. An advertiser sees its own that were issued.
#[utoipa::path(
    get, path = "/v1/invoices/{id}/file", tag = "papers", operation_id = "download_invoice",
    params(("id" = Id<id::Invoice>, Path), FileQuery),
    responses((status = 200, content_type = "application/pdf", body = String))
)]
pub async fn invoice(
    State(app): State<App>,
    CanReadBilling(actor): CanReadBilling,
    PathId(id): PathId<Id<id::Invoice>>,
    Params(query): Params<FileQuery>,
) -> Answer<Response> {
    let row = invoices::get(app.records.read(), actor.tenant, id).await?;
    let is_own = actor.advertiser == Some(row.advertiser_id) && row.state != InvoiceState::Draft;
    if !actor.role.is_staff() && !is_own {
        return Err(Refusal::not_found("invoice").into());
    }
    let readers = invoice_file::readers_language(&app, actor.tenant, row.advertiser_id).await?;
    let language = files::language(query.language.as_deref(), &readers)?;
    let paper = invoice_file::draw(&app, &actor, &row, language).await?;
    let name = row.number_text().unwrap_or_else(|| format!("draft-{id}"));
    files::answer(paper, query.format.unwrap_or_default(), &name).await
}
