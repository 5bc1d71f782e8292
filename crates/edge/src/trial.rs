//! What the edge would do with a visitor who does not exist: the same facts, steps and addresses as of a click, and
//! nothing stored.

use std::{cell::Cell, net::IpAddr, sync::Arc};

use events::record::{Destination, TargetingMark};
use kernel::{Timestamp, reason::ClickReason};

use crate::{
    facts::Facts,
    params::Params,
    redirect::{
        Decision, Places, Sieve, Visit,
        agent::AgentFacts,
        decision::VisitDoor,
        destination::{self, ClickValues},
        place::ProxyKinds,
        smart::{self, MemberView, SmartChoice},
        steps::STEPS,
        visitor::VisitorKey,
    },
    request::{EdgeRequest, first_language, referrer_host},
    routes::RouteTable,
    targeting::{Needs, Sight, Standing, Targeting},
};

/// Holds what a trial needs beside the routes.
#[derive(Clone)]
pub struct Trier {
    places: Arc<Places>,
    sieve: Sieve,
}

/// A visitor as somebody imagines it.
pub struct Imagined<'a> {
    pub slug: &'a str,
    pub request: &'a EdgeRequest<'a>,
    pub ip: IpAddr,
    pub at: Timestamp,
}

/// What would happen, and why.
pub struct Trial {
    pub reason: Option<ClickReason>,
    pub destination: Destination,
    /// The whole address, the click id left empty.
    pub location: Option<String>,
    /// Every step in its order, with what it says.
    pub steps: Vec<(&'static str, Option<ClickReason>)>,
    /// The condition that sends the visitor away.
    pub condition: Option<TargetingMark>,
    /// How the visitor stands to each condition of the offer and of the link.
    pub of_offer: Vec<Standing>,
    pub of_link: Vec<Standing>,
    pub seen: Seen,
    /// Where the address is a smart link's, what each of its members would do, in the order of their numbers.
    pub members: Vec<MemberTrial>,
}

/// What one offer of a smart link would do with the visitor.
pub struct MemberTrial {
    pub number: u8,
    /// The slug of its link.
    pub link: String,
    pub reason: Option<ClickReason>,
    /// How many of a million such visitors it gets.
    pub chance_ppm: u32,
    /// The rest of the trial is of this one.
    pub is_chosen: bool,
}

/// The visitor as the conditions see it. Empty where nothing is known.
pub struct Seen {
    pub country: String,
    pub region: String,
    pub region_code: String,
    pub city: String,
    pub language: String,
    pub device: &'static str,
    pub brand: &'static str,
    pub os: String,
    pub os_version: String,
    pub browser: String,
    pub browser_version: String,
    pub connection: String,
    pub asn: u32,
    pub network_owner: String,
    pub proxy: Option<ProxyKinds>,
    pub referrer: String,
    pub source: String,
    pub subs: [String; 10],
}

impl Trier {
    pub fn new(places: Arc<Places>) -> anyhow::Result<Self> {
        Ok(Self { places, sieve: Sieve::new()? })
    }

    /// The city of an address; empty where no file tells it.
    pub fn city(&self, ip: IpAddr) -> &str {
        self.places.city(ip)
    }

    pub(crate) const fn sieve(&self) -> &Sieve {
        &self.sieve
    }

    pub fn run(&self, table: &RouteTable, imagined: &Imagined<'_>) -> Trial {
        let request = imagined.request;
        let facts = Facts {
            request,
            ip: imagined.ip,
            agent: Arc::new(AgentFacts::of(&request.user_agent, &self.sieve)),
            place: self.places.find(imagined.ip),
            visitor: VisitorKey { key: 0, from_cookie: false },
            referrer_host: referrer_host(&request.referrer),
            language: first_language(&request.accept_language),
        };
        let params = Params::parse(request.query);
        let (at, places, condition) = (imagined.at, &*self.places, Cell::new(None));
        let door = VisitDoor::Again;
        let visit = Visit { facts: &facts, params: &params, at, table, door, places, condition };
        told(&visit, &visit.decide(imagined.slug))
    }
}

fn told(visit: &Visit<'_>, decision: &Decision<'_>) -> Trial {
    let values = ClickValues { visit, decision, click_id: "" };
    let sight = Sight::of(visit, Needs::ALL);
    let found = decision.found.as_ref();
    let standings = |held: Option<&Arc<Targeting>>| held.map_or_else(Vec::new, |held| held.standings(&sight).collect());
    let condition = visit.condition.get();
    let said = |found| STEPS.iter().map(|step| (step.name, (step.judge)(visit, found))).collect();
    Trial {
        reason: decision.judgement.reason,
        destination: decision.destination,
        location: decision.url.map(|template| destination::location(template, &values)),
        condition,
        steps: found.map(said).unwrap_or_default(),
        of_offer: standings(found.and_then(|found| found.offer.targeting.as_ref())),
        of_link: standings(found.and_then(|found| found.link.targeting.as_ref())),
        seen: seen(visit, &sight),
        members: decision.smart.map(|choice| members(visit, &choice)).unwrap_or_default(),
    }
}

fn members(visit: &Visit<'_>, choice: &SmartChoice<'_>) -> Vec<MemberTrial> {
    let told = |view: MemberView<'_>| MemberTrial {
        number: view.member.number,
        link: view.member.link.clone(),
        reason: view.reason,
        chance_ppm: view.chance_ppm,
        is_chosen: view.member.number == choice.mark.member,
    };
    smart::members(visit, choice, visit.tenancy()).into_iter().map(told).collect()
}

fn seen(visit: &Visit<'_>, sight: &Sight<'_>) -> Seen {
    Seen {
        country: sight.country.to_owned(),
        region: sight.area.region.to_owned(),
        region_code: sight.region_code().map_or_else(String::new, |code| code.as_str().to_owned()),
        city: sight.area.city.to_owned(),
        language: sight.language.to_owned(),
        device: visit.facts.agent.device,
        brand: visit.facts.agent.brand,
        os: sight.os.to_owned(),
        os_version: sight.os_version.to_string(),
        browser: sight.browser.to_owned(),
        browser_version: sight.browser_version.to_string(),
        connection: sight.connection.to_owned(),
        asn: sight.asn,
        network_owner: sight.owner.to_owned(),
        proxy: sight.proxy,
        referrer: sight.referrer_host.to_owned(),
        source: sight.source_id.to_owned(),
        subs: sight.subs.map(str::to_owned),
    }
}
