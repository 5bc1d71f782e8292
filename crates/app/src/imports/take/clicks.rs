//! Clicks that may still convert. They go to their own file, not into the records, and are not held by a transaction:
//! taking them again changes nothing.

use events::clicks::{ImportedClick, ImportedRoute};

use super::{Fate, FindingCode, Row, Trouble, Work, unknown};
use crate::{
    imports::{
        directory::{LinkFacts, OfferFacts, Place},
        rules::rows::{self, ClickRow},
    },
    offers::rules::TRAFFIC_UNSPECIFIED,
};

/// Takes clicks in, or in a dry run says what would become of them.
pub async fn take(work: &mut Work<'_>, is_run: bool, rows: &[Row]) -> anyhow::Result<()> {
    let mut clicks = Vec::new();
    for (index, row) in work.read_rows(rows, rows::click)? {
        match resolve(work, row) {
            Ok(Some(click)) => clicks.push(click),
            Ok(None) => work.tally.count(Fate::Made),
            Err(trouble) => work.settle(rows[index].line, Err(trouble.into()))?,
        }
    }
    let all = clicks.len();
    let fresh = if is_run {
        work.app.imported_clicks.put_many(work.import.id.as_u128(), clicks).await?
    } else {
        let workspace = work.actor.tenant.id();
        let wanted = clicks.into_iter().map(|click| (workspace, click.foreign_id)).collect();
        all - work.app.imported_clicks.find_many(wanted).await?.len()
    };
    (0..fresh).for_each(|_| work.tally.count(Fate::Made));
    (fresh..all).for_each(|_| work.tally.count(Fate::Matched));
    Ok(())
}

/// Nothing where a dry run would make the offer or the partner first.
fn resolve(work: &Work<'_>, row: ClickRow) -> Result<Option<ImportedClick>, Trouble> {
    let link = row.link.as_ref().and_then(|theirs| work.directory.links.get(theirs)).copied();
    let of_link = match link {
        Some(Place::Here(link)) => Some(link),
        Some(Place::Planned) if row.offer.is_none() || row.partner.is_none() => return Ok(None),
        _ => None,
    };
    let offer = offer_of(work, row.offer.as_deref(), of_link)?;
    let partner = partner_of(work, row.partner.as_deref(), of_link)?;
    let (Some(offer), Some(partner)) = (offer, partner) else { return Ok(None) };
    let route = ImportedRoute {
        workspace: work.actor.tenant.id(),
        advertiser: Some(offer.advertiser),
        offer: offer.id,
        partner,
        link: of_link.filter(|link| link.offer == offer.id && link.partner == partner).map(|link| link.id),
        traffic_type: TRAFFIC_UNSPECIFIED.to_owned(),
    };
    let ClickRow { id, at, country, source_id, subs, .. } = row;
    Ok(Some(ImportedClick { foreign_id: id, route, at, country, subs, source_id }))
}

pub(super) fn offer_of(
    work: &Work<'_>,
    theirs: Option<&str>,
    link: Option<LinkFacts>,
) -> Result<Option<OfferFacts>, Trouble> {
    let named = theirs.and_then(|theirs| work.directory.offers.get(theirs));
    match (named, link) {
        (Some(Place::Here(facts)), _) => Ok(Some(*facts)),
        (Some(Place::Planned), _) => Ok(None),
        (None, Some(link)) => Ok(work.directory.offer_by_id(link.offer)),
        (None, None) => Err(unknown(FindingCode::UnknownOffer, "offer", theirs)),
    }
}

pub(super) fn partner_of(
    work: &Work<'_>,
    theirs: Option<&str>,
    link: Option<LinkFacts>,
) -> Result<Option<super::PartnerId>, Trouble> {
    let named = theirs.and_then(|theirs| work.directory.partners.get(theirs));
    match (named, link) {
        (Some(Place::Here(partner)), _) => Ok(Some(*partner)),
        (Some(Place::Planned), _) => Ok(None),
        (None, Some(link)) => Ok(Some(link.partner)),
        (None, None) => Err(unknown(FindingCode::UnknownPartner, "partner", theirs)),
    }
}
