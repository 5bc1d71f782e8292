//! Invoices on partners' behalf: issued once for a payout, numbered without gaps, kept as they were issued.

use ::papers::{Figure, Figures, Language, Line, Paper, Tax, What};
use jiff::civil::Date;
use kernel::{Id, Refusal, RefusalCode, Tenant, id};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _};
use serde::Deserialize;

use super::{
    entity::partner_invoice::{Column, Entity, Model},
    rules,
};
use crate::{
    App,
    audit::{self, Change},
    billing::invoices::{checked_series, take_number, today},
    billing_details::{
        entity::Model as Details,
        store::{self as details, Subject},
    },
    identity::Actor,
    own_invoices::carry,
    payouts::{
        entity::payout::{self, PayoutState},
        store as payouts,
        to_invoice::first_day,
    },
    platform::Answer,
    workspaces,
};

const SERIES: &str = "SB";

#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"series": "SB-2026"}))]
#[serde(deny_unknown_fields)]
pub struct IssueForPartner {
    /// Capital letters, digits and dashes; `SB` unless said.
    pub series: Option<String>,
}

/// Issues the invoice of a payout that was paid. What was paid holds the tax, so that invoice and book agree. None is issued
/// beside the partner's own.
pub async fn issue(app: &App, actor: &Actor, id: Id<id::Payout>, wanted: &IssueForPartner) -> Answer<Model> {
    let tenant = actor.tenant;
    let write = app.records.begin().await?;
    write.lock_workspace(tenant).await?;
    let payout = payouts::payout(&*write, tenant, id).await?;
    if payout.state != PayoutState::Paid {
        return Err(Refusal::new(RefusalCode::IllegalMove, "an invoice is issued once the payout is paid").into());
    }
    if of_payout(&*write, tenant, id).await?.is_some() {
        return Err(Refusal::new(RefusalCode::AlreadyExists, "the payout has its invoice").into());
    }
    if carry::is_billed_by_partner(&*write, tenant, id).await? {
        let message = "the partner wrote an invoice of its own for this payout";
        return Err(Refusal::new(RefusalCode::WrongBiller, message).into());
    }
    let seller = details::require(&*write, tenant, Subject::partner(payout.partner_id)).await?;
    rules::require_may_issue(&seller)?;
    let buyer = details::require(&*write, tenant, Subject::workspace(tenant)).await?;
    let issued_on = today(app, &write, tenant).await?;
    let period = period(&*write, tenant, &payout).await?;
    let series = checked_series(wanted.series.as_deref().unwrap_or(SERIES))?;
    let mut paper = paper(&payout, (&seller, &buyer), issued_on, period)?;
    let number = take_number(&write, tenant, &series).await?;
    paper.number = Some(format!("{series}-{number:05}"));
    let row = kept(app, actor, &payout, (series, number), &paper)?;
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    let after = serde_json::json!({"payout_id": id, "number": paper.number, "frozen_hash": row.frozen_hash});
    let change =
        Change { action: "partner_invoice.issued", subject: row.id.to_string(), before: None, after: Some(after) };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(row)
}

fn paper(
    payout: &payout::Model,
    (seller, buyer): (&Details, &Details),
    issued_on: Date,
    period: (Date, Date),
) -> Answer<Paper> {
    let withheld_bp = payout.withheld_bp.unsigned_abs();
    let withheld_minor = (withheld_bp > 0).then_some(payout.withheld_minor);
    let tax = Tax { vat: rules::vat(seller, buyer)?, withheld_bp, withheld_minor };
    let too_large = || Refusal::new(RefusalCode::AmountOutOfRange, "the invoice's sums are too large");
    let figures = Figures::of_gross(payout.amount_minor + payout.withheld_minor, &tax).ok_or_else(too_large)?;
    let minor = figures.get(Figure::Net).unwrap_or_default();
    let lines = vec![Line { on: None, what: What::Services, detail: None, count: None, minor }];
    Ok(Paper {
        kind: rules::kind(seller),
        language: Language::of(&seller.language),
        currency: payout.currency.parse()?,
        number: None,
        issued_on,
        due_on: None,
        period: Some(period),
        corrects: None,
        seller: rules::party(seller),
        buyer: rules::party(buyer),
        figures,
        lines,
        tax,
        notes: Vec::new(),
    })
}

/// From the day after the payout before, or the first that was earned, to the payout's own.
async fn period(conn: &impl ConnectionTrait, tenant: Tenant, payout: &payout::Model) -> Answer<(Date, Date)> {
    let zone = workspaces::store::get(conn, tenant).await?.zone()?;
    let last = payout.created_at.local_day(&zone);
    let partner = crate::partners::store::get(conn, tenant, payout.partner_id).await?;
    let whose = (&partner, payout.currency.parse()?);
    let first = first_day(conn, tenant, whose, (&zone, payout.created_at)).await?;
    Ok((first.min(last), last))
}

fn kept(
    app: &App,
    actor: &Actor,
    payout: &payout::Model,
    (series, number): (String, i64),
    paper: &Paper,
) -> Answer<Model> {
    let frozen = serde_json::to_string(paper).map_err(anyhow::Error::from)?;
    Ok(Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        partner_id: payout.partner_id,
        payout_id: payout.id,
        series,
        number,
        currency: payout.currency.clone(),
        total_minor: payout.amount_minor,
        issued_on: paper.issued_on.to_string(),
        frozen_hash: blake3::hash(frozen.as_bytes()).to_hex().to_string(),
        frozen,
        created_by: actor.user,
        created_at: app.ambient.now(),
    })
}

pub async fn of_payout(conn: &impl ConnectionTrait, tenant: Tenant, payout: Id<id::Payout>) -> Answer<Option<Model>> {
    let query = Entity::find().filter(Column::WorkspaceId.eq(tenant.id()));
    Ok(query.filter(Column::PayoutId.eq(payout)).one(conn).await?)
}

/// The paper as it was issued, or a refusal where it is not what it was.
pub fn thawed(row: &Model) -> Answer<Paper> {
    if blake3::hash(row.frozen.as_bytes()).to_hex().as_str() != row.frozen_hash {
        return Err(Refusal::new(RefusalCode::PaperChanged, "the paper is not what was issued; do not send it").into());
    }
    Ok(serde_json::from_str(&row.frozen).map_err(anyhow::Error::from)?)
}
