//! Offers with their advertisers, a goal and its rates.

use std::collections::BTreeMap;

use kernel::{Id, id};
use sea_orm::DatabaseTransaction;
use serde_json::Value;

use super::{Fate, FindingCode, Row, Stop, Trouble, Work, apart, close};
use crate::{
    advertisers::{self, create::NewAdvertiser, model::ReceiptTrust},
    imports::{
        directory::{OfferFacts, Place, link_system},
        rules::rows::{self, OfferRow, Rate},
    },
    news::RouteNews,
    offers::{self, create::NewOffer, goals::NewGoal, terms::OfferState, terms_in::OfferTerms},
    plans::rules::Effect,
    platform::{addresses::web_address, folding::fold},
};

const GOAL: &str = "sale";

pub async fn take(work: &mut Work<'_>, tx: Option<&DatabaseTransaction>, rows: &[Row]) -> anyhow::Result<()> {
    let parsed = work.read_rows(rows, |cells, ground| rows::offer(cells, ground).map(Some))?;
    for (index, (row, warnings)) in parsed {
        let line = rows[index].line;
        let outcome = one(work, tx, row).await;
        if matches!(outcome, Ok(Fate::Made)) {
            warnings.into_iter().for_each(|warning| work.warn(line, warning));
        }
        work.settle(line, outcome)?;
    }
    Ok(())
}

async fn one(work: &mut Work<'_>, tx: Option<&DatabaseTransaction>, row: OfferRow) -> Result<Fate, Stop> {
    work.see(&row.id)?;
    if work.directory.offers.contains_key(&row.id) {
        return Ok(Fate::Matched);
    }
    let allow_private = work.app.settings.allow_private_addresses;
    let address = web_address("landing_url", &row.landing_url, allow_private);
    address.map_err(|refusal| Trouble {
        message: refusal.message,
        ..Trouble::new(FindingCode::Refused, "landing_url", &row.landing_url)
    })?;
    let Some(tx) = tx else { return Ok(Fate::Made) };
    let part = apart(tx).await?;
    let made = make(work, &part, &row).await;
    let (facts, advertiser) = close(part, made).await?;
    if let Some(advertiser) = advertiser {
        work.news.push(RouteNews::Advertiser(advertiser));
        note_advertiser(work, &row, advertiser);
    }
    work.news.push(RouteNews::Offer(facts.id));
    work.remember(row.id.clone(), facts.id.uuid(), Value::Null);
    work.directory.add_offer(row.id, facts);
    Ok(Fate::Made)
}

/// The offer, and its advertiser where that was made with it.
async fn make(
    work: &Work<'_>,
    tx: &DatabaseTransaction,
    row: &OfferRow,
) -> Result<(OfferFacts, Option<Id<id::Advertiser>>), crate::platform::Problem> {
    let known = advertiser_of(work, row);
    let advertiser = match known {
        Some(advertiser) => advertiser,
        None => advertisers::create::put(work.app, tx, &work.actor, new_advertiser(work, row)).await?.id,
    };
    let offer = offers::create::put(work.app, tx, &work.actor, new_offer(work, row, advertiser)).await?;
    Ok((OfferFacts::of(&offer), known.is_none().then_some(advertiser)))
}

fn advertiser_of(work: &Work<'_>, row: &OfferRow) -> Option<Id<id::Advertiser>> {
    let by_id = row.advertiser_id.as_ref().and_then(|theirs| work.directory.advertisers.get(theirs));
    let named = || row.advertiser_name.as_ref().and_then(|name| work.directory.advertiser_names.get(&fold(name)));
    let found = if row.advertiser_id.is_some() { by_id } else { named() };
    found.and_then(|place| match place {
        Place::Here(id) => Some(*id),
        Place::Planned => None,
    })
}

fn note_advertiser(work: &mut Work<'_>, row: &OfferRow, advertiser: Id<id::Advertiser>) {
    if let Some(theirs) = &row.advertiser_id {
        work.directory.advertisers.insert(theirs.clone(), Place::Here(advertiser));
    }
    work.directory.advertiser_names.insert(fold(&advertiser_name(row)), Place::Here(advertiser));
}

fn advertiser_name(row: &OfferRow) -> String {
    let by_id = || format!("Advertiser {}", row.advertiser_id.as_deref().unwrap_or_default());
    row.advertiser_name.clone().unwrap_or_else(by_id)
}

fn new_advertiser(work: &Work<'_>, row: &OfferRow) -> NewAdvertiser {
    let without_token = work.import.options.postbacks_without_token;
    let system = &work.import.system;
    NewAdvertiser {
        name: advertiser_name(row),
        min_trust: without_token.then_some(ReceiptTrust::ClickId),
        external_refs: row.advertiser_id.iter().map(|theirs| (system.clone(), theirs.clone())).collect(),
        ..NewAdvertiser::default()
    }
}

fn new_offer(work: &Work<'_>, row: &OfferRow, advertiser: Id<id::Advertiser>) -> NewOffer {
    let system = &work.import.system;
    let mut refs = BTreeMap::from([(system.clone(), row.id.clone())]);
    refs.extend(row.link_id.iter().map(|theirs| (link_system(system), theirs.clone())));
    let state = match row.status.as_deref() {
        Some("paused") => OfferState::Paused,
        Some("expired") => OfferState::Expired,
        _ => OfferState::Active,
    };
    let effect = |rate: Rate| match rate {
        Rate::Minor(minor) => Effect::Minor(minor),
        Rate::Percent(percent) => Effect::Percent(percent),
    };
    let goal = NewGoal {
        margin_words: None,
        name: row.goal.clone().unwrap_or_else(|| GOAL.to_owned()),
        kind: None,
        is_primary: true,
        payout: row.payout.map(effect),
        revenue: row.revenue.map(effect),
        external_refs: None,
    };
    NewOffer {
        advertiser_id: advertiser,
        name: row.name.clone(),
        landing_url: row.landing_url.clone(),
        currency: row.currency.to_string(),
        goals: vec![goal],
        terms: OfferTerms {
            state: Some(state),
            vertical: row.vertical.clone(),
            external_refs: Some(refs),
            passes_extra_parameters: Some(true),
            ..OfferTerms::default()
        },
    }
}
