//! Links, and the enrollments that they need.

use std::collections::{BTreeMap, HashSet};

use sea_orm::DatabaseTransaction;
use serde_json::Value;

use super::{Fate, FindingCode, OfferId, PartnerId, Row, Stop, Work, apart, close, unknown};
use crate::{
    imports::{
        directory::{LinkFacts, Place},
        rules::rows::{self, LinkRow},
    },
    links::change::{self, NewLink},
    news::RouteNews,
    offers::{
        self,
        enrollments::{self, NewEnrollment},
    },
    platform::Problem,
};

pub async fn take(work: &mut Work<'_>, tx: Option<&DatabaseTransaction>, rows: &[Row]) -> anyhow::Result<()> {
    let parsed = work.read_rows(rows, |cells, _| rows::link(cells).map(Some))?;
    let ids: Vec<_> = parsed.iter().map(|(_, row)| row.id.clone()).collect();
    let known: HashSet<String> = work.known(&ids).await?.into_keys().collect();
    for (index, row) in parsed {
        let outcome = one(work, tx, row, &known).await;
        work.settle(rows[index].line, outcome)?;
    }
    Ok(())
}

async fn one(
    work: &mut Work<'_>,
    tx: Option<&DatabaseTransaction>,
    row: LinkRow,
    known: &HashSet<String>,
) -> Result<Fate, Stop> {
    if known.contains(&row.id) {
        return Ok(Fate::Matched);
    }
    if !row.is_active {
        return Ok(Fate::LeftOut);
    }
    work.see(&row.id)?;
    let offer = work.directory.offers.get(&row.offer).copied();
    let offer = offer.ok_or_else(|| unknown(FindingCode::UnknownOffer, "offer", Some(row.offer.as_str())))?;
    let partner = work.directory.partners.get(&row.partner).copied();
    let partner = partner.ok_or_else(|| unknown(FindingCode::UnknownPartner, "partner", Some(row.partner.as_str())))?;
    let (Some(tx), Place::Here(offer), Place::Here(partner)) = (tx, offer, partner) else { return Ok(Fate::Made) };
    let part = apart(tx).await?;
    let made = make(work, &part, &row, (offer.id, partner)).await;
    let (link, news) = close(part, made).await?;
    work.news.extend(news);
    work.directory.links.insert(row.id.clone(), Place::Here(link));
    work.remember(row.id, link.id.uuid(), Value::Null);
    Ok(Fate::Made)
}

async fn make(
    work: &Work<'_>,
    tx: &DatabaseTransaction,
    row: &LinkRow,
    (offer, partner): (OfferId, PartnerId),
) -> Result<(LinkFacts, Vec<RouteNews>), Problem> {
    let mut news = Vec::new();
    if offers::store::enrollment_of(tx, work.actor.tenant, offer, partner).await?.is_none() {
        let new = NewEnrollment {
            offer_id: offer,
            partner_id: Some(partner),
            source: None,
            volume: None,
            creatives: None,
            approved_traffic_types: Vec::new(),
        };
        news.push(RouteNews::Enrollment(enrollments::put(work.app, tx, &work.actor, new).await?.id));
    }
    let alias = row.alias.iter().map(|alias| (work.import.system.clone(), alias.clone()));
    let new = NewLink {
        offer_id: offer,
        partner_id: Some(partner),
        landing_id: None,
        traffic_type: row.traffic_type.clone().filter(|text| !text.is_empty()),
        name: row.name.clone(),
        external_refs: alias.collect::<BTreeMap<_, _>>(),
        targeting: Vec::new(),
    };
    let link = change::put(work.app, tx, &work.actor, new).await?;
    news.push(RouteNews::Link(link.id));
    Ok((LinkFacts { id: link.id, offer, partner }, news))
}
