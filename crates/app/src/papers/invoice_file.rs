//! An advertiser's invoice or credit note as a paper.

use std::collections::HashMap;

use ::papers::{Figure, Figures, Kind, Language, Line, Paper, Party, Tax, Vat, What};
use jiff::civil::Date;
use kernel::{Id, Tenant, id};

use super::{rules, statement};
use crate::{
    App, advertisers,
    billing::{
        entity::{
            fee::FeeKind,
            invoice::{self, FeeLine, InvoiceKind, Model},
        },
        invoices,
    },
    billing_details::store::{self as details, Subject},
    identity::Actor,
    platform::Answer,
    workspaces,
};

/// The paper of an invoice, with the sums that were issued. A draft has no number.
pub async fn draw(app: &App, actor: &Actor, row: &Model, language: Language) -> Answer<Paper> {
    let (records, tenant) = (app.records.read(), actor.tenant);
    let workspace = workspaces::store::get(records, tenant).await?;
    let zone = workspace.zone()?;
    let offers = row.lines.0.iter().filter_map(|line| line.offer_id);
    let names = statement::offer_names(records, tenant, offers).await?;
    let corrects = match row.corrects_id {
        Some(id) => invoices::get(records, tenant, id).await?.number_text(),
        None => None,
    };
    let day = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<Date>().ok());
    let seller = match details::find(records, tenant, Subject::workspace(tenant)).await? {
        Some(row) => rules::party(&row),
        None => Party { name: workspace.name, ..Default::default() },
    };
    let last = row.to_at.local_day(&zone);
    let first = row.from_at.local_day(&zone);
    Ok(Paper {
        kind: if row.kind == InvoiceKind::CreditNote { Kind::CreditNote } else { Kind::Invoice },
        language,
        currency: row.currency(),
        number: row.number_text(),
        issued_on: day(&row.issued_on).unwrap_or_else(|| app.ambient.now().local_day(&zone)),
        due_on: day(&row.due_on),
        period: Some((first, last.yesterday().unwrap_or(last).max(first))),
        corrects,
        seller,
        buyer: buyer(app, tenant, row.advertiser_id).await?,
        lines: row.lines.0.iter().map(|line| said(line, &names)).collect(),
        tax: tax(row),
        figures: figures(row),
        notes: row.vat_note.iter().cloned().collect(),
    })
}

/// The language in which an advertiser reads.
pub async fn readers_language(app: &App, tenant: Tenant, advertiser: Id<id::Advertiser>) -> Answer<String> {
    let row = details::find(app.records.read(), tenant, Subject::advertiser(advertiser)).await?;
    Ok(row.map_or_else(|| Language::En.code().to_owned(), |row| row.language))
}

async fn buyer(app: &App, tenant: Tenant, advertiser: Id<id::Advertiser>) -> Answer<Party> {
    let records = app.records.read();
    if let Some(row) = details::find(records, tenant, Subject::advertiser(advertiser)).await? {
        return Ok(rules::party(&row));
    }
    let name = advertisers::store::get(records, tenant, advertiser).await?.name;
    Ok(Party { name, ..Default::default() })
}

fn said(line: &invoice::Line, names: &HashMap<Id<id::Offer>, String>) -> Line {
    if let Some(fee) = &line.fee {
        return of_fee(fee, line.amount_minor);
    }
    let what = if line.correction { What::Correction } else { What::Services };
    let detail = line.offer_id.and_then(|offer| names.get(&offer)).cloned();
    Line { on: None, what, detail, count: Some(line.count), minor: line.amount_minor }
}

/// The plan, its days, and how many of its period they are where they are not all.
fn of_fee(fee: &FeeLine, minor: i64) -> Line {
    let what = match fee.kind {
        FeeKind::Period => What::Subscription,
        FeeKind::Unused => What::SubscriptionUnused,
        FeeKind::Rest => What::SubscriptionRest,
    };
    let part = if fee.days == fee.of_days { String::new() } else { format!(" ({}/{})", fee.days, fee.of_days) };
    let detail = Some(format!("{}, {} – {}{part}", fee.name, fee.from, fee.to));
    Line { on: None, what, detail, count: None, minor }
}

fn tax(row: &Model) -> Tax {
    let rate = u32::try_from(row.vat_bp).unwrap_or_default();
    let vat = if rate > 0 { Vat::Charged { rate_bp: rate } } else { Vat::None };
    Tax { vat, withheld_bp: 0, withheld_minor: None }
}

/// As they were issued, rather than worked out again.
fn figures(row: &Model) -> Figures {
    let mut figures = vec![(Figure::Net, row.net_minor)];
    if row.vat_bp > 0 {
        figures.extend([(Figure::Vat, row.vat_minor), (Figure::Gross, row.total_minor)]);
    }
    figures.push((Figure::ToPay, row.total_minor));
    Figures(figures)
}
