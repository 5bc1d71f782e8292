//! A click judged again, from its record and the routes as they stood.
//!
//! What the record holds is judged by the very steps that judged it then. What it does not hold (whether the browser
//! fetched ahead, whether a cap had room, region, city, connection, network owner and proxy, which come from files that
//! change) is taken as it was seen: the record names the steps and the condition that spoke.

use std::{borrow::Cow, cell::Cell, net::IpAddr, net::Ipv4Addr, sync::Arc};

use events::record::{ClickKind, Destination, TargetingMark};
use kernel::{
    Id, Timestamp,
    id::{Landing, Offer, Partner},
    reason::ClickReason,
    targeting::{TargetingCondition, TargetingField},
};

use crate::{
    facts::Facts,
    params::Params,
    redirect::{
        Place, Places, Visit, VisitDoor,
        agent::AgentFacts,
        rotation::{self, WHOLE_PPM},
        steps::{CAP_BIT, Judgement, STEPS, Step},
        visitor::VisitorKey,
    },
    request::EdgeRequest,
    routes::{Found, LinkRoute, RouteChange, RouteTable, slots::UNSPECIFIED_TRAFFIC},
    targeting::{Needs, Sight, Targeting},
    trial::Trier,
};

/// The steps that are not judged by their own function again.
const TARGETING: &str = "targeting";
const CAP: &str = "cap";
const PREFETCH: &str = "prefetch";

/// What the record of a click holds.
#[derive(Clone, Debug)]
pub struct Kept<'a> {
    pub slug: &'a str,
    pub at: Timestamp,
    pub method: &'a str,
    pub agent: &'a str,
    pub language: &'a str,
    pub referrer: &'a str,
    pub referrer_host: &'a str,
    pub country: &'a str,
    pub asn: u32,
    pub visitor: u64,
    pub subs: [&'a str; 10],
    pub source_id: &'a str,
    /// The steps that spoke, and the condition.
    pub steps: u64,
    pub condition: Option<TargetingMark>,
    pub destination: &'a str,
}

/// A condition and how it stood.
#[derive(Clone, Debug)]
pub struct Stood {
    pub mark: TargetingMark,
    pub condition: TargetingCondition,
    pub lets_through: bool,
    /// What it looked at; `None` where the record does not hold it.
    pub seen: Option<String>,
}

/// The judgement drawn again.
#[derive(Clone, Debug)]
pub struct Again {
    pub kind: ClickKind,
    pub reason: Option<ClickReason>,
    /// One bit per step that spoke.
    pub bits: u64,
    pub steps: Vec<(&'static str, Option<ClickReason>)>,
    pub condition: Option<TargetingMark>,
    pub conditions: Vec<Stood>,
    pub landing: Option<Id<Landing>>,
    pub landing_ppm: u32,
    pub destination: Destination,
}

/// The link that stands for a partner on an offer where the record names none; its slug is empty.
pub fn bare_link(offer_id: Id<Offer>, partner_id: Id<Partner>) -> RouteChange {
    RouteChange::UpsertLink(LinkRoute {
        link_id: Id::from_u128(0),
        slug: String::new(),
        offer_id,
        partner_id,
        landing_id: None,
        creative_id: None,
        traffic_type: UNSPECIFIED_TRAFFIC.to_owned(),
        targeting: Vec::new(),
    })
}

impl Trier {
    /// Judges a click again; `None` where the table does not know its link.
    pub fn again(&self, table: &RouteTable, kept: &Kept<'_>) -> Option<Again> {
        let found = table.lookup(kept.slug)?;
        let request = request(kept);
        let facts = Facts {
            request: &request,
            ip: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
            agent: Arc::new(AgentFacts::of(kept.agent, self.sieve())),
            place: Place::known(kept.country, kept.asn),
            visitor: VisitorKey { key: kept.visitor, from_cookie: false },
            referrer_host: Cow::Borrowed(kept.referrer_host),
            language: Cow::Borrowed(kept.language),
        };
        let params =
            Params { subs: kept.subs.map(Cow::Borrowed), source_id: Cow::Borrowed(kept.source_id), extras: Vec::new() };
        let places = Places::default();
        let (at, door, condition) = (kept.at, VisitDoor::Again, Cell::new(None));
        let visit = Visit { facts: &facts, params: &params, at, table, door, places: &places, condition };
        Some(judged(&visit, &found, kept))
    }
}

fn request<'a>(kept: &Kept<'a>) -> EdgeRequest<'a> {
    let mut request = EdgeRequest::get("", "", IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    request.method = kept.method;
    request.user_agent = Cow::Borrowed(kept.agent);
    request.referrer = Cow::Borrowed(kept.referrer);
    if has_spoken(PREFETCH, kept) {
        request.purpose = Cow::Borrowed("prefetch");
    }
    request
}

fn has_spoken(name: &str, kept: &Kept<'_>) -> bool {
    STEPS.iter().any(|step| step.name == name && kept.steps & (1 << step.bit) != 0)
}

fn judged<'a>(visit: &Visit<'a>, found: &Found<'a>, kept: &Kept<'_>) -> Again {
    let conditions = conditions(visit, found, kept);
    let spoken = conditions.iter().find(|one| !one.lets_through);
    let said = |step: &Step| match step.name {
        TARGETING => spoken.map(|one| one.condition.field.reason()),
        CAP => has_spoken(CAP, kept).then_some(ClickReason::CapReached),
        _ => (step.judge)(visit, found),
    };
    let steps: Vec<_> = STEPS.iter().map(|step| (step.name, said(step))).collect();
    let mut judgement = Judgement::default();
    // Caps are asked once more behind all others, when room is taken.
    for (step, reason) in STEPS.iter().zip(&steps).filter(|(step, _)| step.bit != CAP_BIT) {
        reason.1.into_iter().for_each(|reason| judgement.hear(step.bit, reason));
    }
    has_spoken(CAP, kept).then(|| judgement.hear(CAP_BIT, ClickReason::CapReached));
    let plain = judgement.reason == Some(ClickReason::CapReached) && kept.destination == Destination::NotFound.code();
    let chosen = rotation::choose(&found.offer.landings, found.link.landing_id, kept.visitor);
    let destination = match chosen.filter(|_| !judgement.refuses()) {
        Some(_) => Destination::Landing,
        None if plain => Destination::NotFound,
        None => visit.fallback_of(found),
    };
    Again {
        kind: visit.kind(),
        reason: judgement.reason,
        bits: judgement.steps,
        steps,
        condition: spoken.map(|one| one.mark),
        conditions: conditions.clone(),
        landing: chosen.map(|chosen| chosen.landing.landing_id),
        landing_ppm: chosen.map_or(WHOLE_PPM, |chosen| chosen.share_ppm),
        destination,
    }
}

/// The offer's conditions, then the link's.
fn conditions(visit: &Visit<'_>, found: &Found<'_>, kept: &Kept<'_>) -> Vec<Stood> {
    let sight = Sight::of(visit, Needs::default());
    let of = |held: Option<&Arc<Targeting>>, mark: fn(u8) -> TargetingMark| -> Vec<Stood> {
        let Some(held) = held else { return Vec::new() };
        let standings = held.standings(&sight);
        let one = |(place, (condition, standing)): (usize, (&TargetingCondition, crate::targeting::Standing))| {
            let mark = mark(place as u8);
            let is_kept = is_kept(condition.field);
            Stood {
                mark,
                condition: condition.clone(),
                lets_through: if is_kept { standing.lets_through } else { kept.condition != Some(mark) },
                seen: is_kept.then(|| seen(&sight, condition.field)),
            }
        };
        held.conditions().iter().zip(standings).enumerate().map(one).collect()
    };
    let mut all = of(found.offer.targeting.as_ref(), TargetingMark::Offer);
    all.extend(of(found.link.targeting.as_ref(), TargetingMark::Link));
    all
}

/// Whether a click's record holds what a condition on the field looks at.
fn is_kept(field: TargetingField) -> bool {
    Needs::of(field) == Needs::default()
}

fn seen(sight: &Sight<'_>, field: TargetingField) -> String {
    match field {
        TargetingField::Asn => sight.asn.to_string(),
        TargetingField::OsVersion => format!("{} {}", sight.os, sight.os_version),
        TargetingField::BrowserVersion => format!("{} {}", sight.browser, sight.browser_version),
        TargetingField::DayPart | TargetingField::Schedule => sight.at.to_string(),
        field => sight.text(field).to_owned(),
    }
}
