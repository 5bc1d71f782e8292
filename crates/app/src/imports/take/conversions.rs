//! Conversions that wait for their verdict, with what they are worth.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use events::{
    ClickFacts,
    clicks::{ImportedClick, ImportedRoute},
};
use kernel::reason::ConversionReason;
use sea_orm::DatabaseTransaction;
use serde_json::Value;

use super::{Fate, FindingCode, Row, Stop, Trouble, Work, clicks};
use crate::{
    conversions::{
        Status,
        imported::{self, Brought},
    },
    imports::{
        directory::{LinkFacts, OfferFacts},
        rules::rows::{self, ConversionRow},
    },
    offers::rules::TRAFFIC_UNSPECIFIED,
    platform::Problem,
};

pub async fn take(work: &mut Work<'_>, tx: Option<&DatabaseTransaction>, rows: &[Row]) -> anyhow::Result<()> {
    let parsed = work.read_rows(rows, rows::conversion)?;
    let ids: Vec<_> = parsed.iter().map(|(_, row)| row.id.clone()).collect();
    let known: HashSet<String> = work.known(&ids).await?.into_keys().collect();
    let clicked = clicks_of(work, parsed.iter().map(|(_, row)| row)).await?;
    let mut ready = Vec::new();
    for (index, row) in parsed {
        match plan(work, &rows[index], &row, &clicked) {
            _ if known.contains(&row.id) => work.tally.count(Fate::Matched),
            Ok(None) => work.tally.count(Fate::Made),
            Ok(Some(brought)) => ready.push((rows[index].line, row, brought)),
            Err(stop) => work.settle(rows[index].line, Err(stop))?,
        }
    }
    let Some(tx) = tx else {
        ready.iter().for_each(|_| work.tally.count(Fate::Made));
        return Ok(());
    };
    bring_clicks(work, &mut ready).await?;
    let brought = ready.iter().map(|(.., brought)| brought.clone()).collect();
    let outcomes = imported::take(tx, work.actor.tenant, &work.app.ambient, brought).await?;
    for ((line, row, _), outcome) in ready.into_iter().zip(outcomes) {
        let outcome = outcome.map_err(|reason| Stop::from(told(reason, &row)));
        let fate = outcome.map(|conversion| {
            work.remember(row.id, conversion.uuid(), Value::Null);
            Fate::Made
        });
        work.settle(line, fate)?;
    }
    Ok(())
}

fn told(reason: ConversionReason, row: &ConversionRow) -> Trouble {
    match reason {
        ConversionReason::GoalUnknown => {
            Trouble::new(FindingCode::UnknownGoal, "goal", row.goal.as_deref().unwrap_or_default())
        }
        ConversionReason::BadCurrency => Trouble::new(FindingCode::CurrencyDiffers, "currency", ""),
        ConversionReason::DuplicateOrder => Trouble::new(FindingCode::Repeated, "id", &row.id),
        other => Trouble::row(FindingCode::Refused, other.code()),
    }
}

/// The imported clicks that rows name.
async fn clicks_of(
    work: &Work<'_>,
    rows: impl Iterator<Item = &ConversionRow>,
) -> anyhow::Result<HashMap<String, Arc<ClickFacts>>> {
    let workspace = work.actor.tenant.id();
    let wanted = rows.filter_map(|row| row.click.clone()).map(|click| (workspace, click)).collect();
    let found = work.app.imported_clicks.find_many(wanted).await?;
    Ok(found.into_iter().map(|((_, click), facts)| (click, facts)).collect())
}

/// The conversion to be; nothing where a dry run would make its offer or partner first.
fn plan(
    work: &mut Work<'_>,
    row: &Row,
    said: &ConversionRow,
    clicked: &HashMap<String, Arc<ClickFacts>>,
) -> Result<Option<Brought>, Stop> {
    work.see(&said.id)?;
    let click = said.click.as_ref().and_then(|click| clicked.get(click)).cloned();
    let through = click.as_ref().and_then(|click| {
        // Only the ends matter here; a click need not have a link.
        let link = click.link.unwrap_or_else(|| kernel::Id::from_u128(0));
        Some(LinkFacts { id: link, offer: click.offer?, partner: click.partner? })
    });
    let offer = clicks::offer_of(work, said.offer.as_deref(), through)?;
    let partner = clicks::partner_of(work, said.partner.as_deref(), through)?;
    let cells = row.cells.as_deref().unwrap_or_default();
    let currency = said.currency.or(offer.map(|offer| offer.currency)).unwrap_or_else(|| work.currency());
    let (sale_minor, payout_minor, revenue_minor) = rows::worth(&work.cells(cells), currency)?;
    let (Some(offer), Some(partner)) = (offer, partner) else { return Ok(None) };
    require_currency(&offer, currency)?;
    let params = work.columns.iter().cloned().zip(cells.iter().cloned()).filter(|(_, value)| !value.is_empty());
    Ok(Some(Brought {
        params: params.collect(),
        offer: offer.id,
        partner,
        goal: said.goal.as_ref().filter(|goal| *goal != "0").map(|goal| format!("{}:{goal}", work.import.system)),
        click,
        order_id: said.order_id.clone(),
        status: if said.is_approved { Status::Approved } else { Status::Pending },
        currency,
        sale_minor,
        payout_minor,
        revenue_minor,
        event_at: said.at,
    }))
}

fn require_currency(offer: &OfferFacts, currency: kernel::Currency) -> Result<(), Trouble> {
    if offer.currency == currency {
        return Ok(());
    }
    Err(Trouble::new(FindingCode::CurrencyDiffers, "currency", currency.code()))
}

/// A click that only its conversion tells of is kept too, so that the advertiser's next postback finds the conversion.
async fn bring_clicks(work: &Work<'_>, ready: &mut [(i64, ConversionRow, Brought)]) -> Result<(), Problem> {
    let unknown = ready.iter().filter(|(.., brought)| brought.click.is_none());
    let told: Vec<_> = unknown.filter_map(|(_, row, brought)| click_of(work, row, brought)).collect();
    if told.is_empty() {
        return Ok(());
    }
    work.app.imported_clicks.put_many(work.import.id.as_u128(), told).await?;
    let found = clicks_of(work, ready.iter().map(|(_, row, _)| row)).await?;
    for (_, row, brought) in ready.iter_mut().filter(|(.., brought)| brought.click.is_none()) {
        brought.click = row.click.as_ref().and_then(|click| found.get(click)).cloned();
    }
    Ok(())
}

fn click_of(work: &Work<'_>, row: &ConversionRow, brought: &Brought) -> Option<ImportedClick> {
    let route = ImportedRoute {
        workspace: work.actor.tenant.id(),
        advertiser: work.directory.offer_by_id(brought.offer).map(|offer| offer.advertiser),
        offer: brought.offer,
        partner: brought.partner,
        link: None,
        traffic_type: TRAFFIC_UNSPECIFIED.to_owned(),
    };
    Some(ImportedClick {
        foreign_id: row.click.clone()?,
        route,
        at: row.click_at.unwrap_or(row.at),
        country: String::new(),
        subs: Default::default(),
        source_id: String::new(),
    })
}
