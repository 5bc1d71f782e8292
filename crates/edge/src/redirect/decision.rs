//! One visit, from the facts to the decision.

use std::cell::Cell;

use events::record::{ClickKind, Destination, SmartMark, TargetingMark};
use kernel::{
    Id, Timestamp,
    id::{Landing, Partner, Workspace},
};

use super::{
    place::Places,
    rotation::{self, Chosen, WHOLE_PPM},
    sieve::AgentVerdict,
    smart::{self, SmartChoice},
    steps::{self, Judgement},
};
use crate::{
    facts::Facts,
    params::Params,
    routes::{Found, RouteTable, SmartSlot},
    template::UrlTemplate,
};

/// Everything that is known of a visit before it is judged.
pub struct Visit<'a> {
    pub facts: &'a Facts<'a>,
    pub params: &'a Params<'a>,
    /// When the visitor clicked.
    pub at: Timestamp,
    pub table: &'a RouteTable,
    pub door: VisitDoor,
    /// Where facts are looked up that few clicks need.
    pub places: &'a Places,
    /// The targeting condition that spoke: left here by its step for the record.
    pub condition: Cell<Option<TargetingMark>>,
}

/// By which door a visit came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisitDoor {
    Click,
    View,
    /// On from a prelanding.
    Onward,
    /// Looked at before: it takes no more room in caps.
    Again,
}

/// Where the visitor goes and what is written down.
pub struct Decision<'a> {
    pub kind: ClickKind,
    pub judgement: Judgement,
    /// `None` where neither link nor Host names a tenant: nothing can be stored then.
    pub workspace: Option<Id<Workspace>>,
    /// The link, where it is one of this tenant.
    pub found: Option<Found<'a>>,
    /// The landing page, whether or not the visitor gets there.
    pub chosen: Option<Chosen<'a>>,
    /// The page that the visitor sees, or saw, before it.
    pub prelanding: Option<Chosen<'a>>,
    /// Where a smart link chose the link.
    pub smart: Option<SmartChoice<'a>>,
    pub destination: Destination,
    pub url: Option<&'a UrlTemplate>,
}

/// The tenant whom the Host names, and the partner where the domain belongs to one.
#[derive(Clone, Copy)]
pub struct Tenancy {
    pub workspace: Id<Workspace>,
    pub partner: Option<Id<Partner>>,
}

impl<'a> Visit<'a> {
    pub fn tenancy(&self) -> Option<Tenancy> {
        let domain = self.table.domain(&self.facts.request.host_name())?;
        Some(Tenancy { workspace: domain.workspace_id, partner: domain.partner_id })
    }

    pub fn kind(&self) -> ClickKind {
        let preview = self.facts.agent.verdict == AgentVerdict::Preview;
        if self.facts.request.method == "GET" && !preview { ClickKind::Click } else { ClickKind::Probe }
    }

    pub fn decide(&self, slug: &str) -> Decision<'a> {
        let link = self.table.lookup(slug);
        match self.table.smart_link(slug).filter(|_| link.is_none()) {
            Some(slot) => self.decide_smart(slot),
            None => self.decide_found(link),
        }
    }

    /// Judges the visit on the member that is chosen for it; where that one's room was taken a moment ago, on the next.
    /// Where nobody would let the visitor through, the member says why whom it would get if all did.
    fn decide_smart(&self, slot: &'a SmartSlot) -> Decision<'a> {
        let tenancy = self.tenancy();
        let visitor = self.facts.visitor.key;
        let mut eligible = smart::eligible(self, slot, tenancy);
        while let Some(drawn) = smart::choose(slot, eligible, visitor) {
            let decision = self.decide_member(slot, drawn, eligible, tenancy);
            if let Some(decision) = decision.filter(|decision| !decision.judgement.refuses()) {
                return decision;
            }
            self.condition.set(None);
            eligible &= !smart::bit(drawn.member);
        }
        let drawn = smart::choose(slot, smart::present(self, slot, tenancy), visitor);
        let refused = drawn.and_then(|drawn| self.decide_member(slot, drawn, 0, tenancy));
        refused.unwrap_or_else(|| {
            let own = Tenancy { workspace: slot.route.workspace_id, partner: None };
            self.decide_on_nothing(tenancy.or(Some(own)))
        })
    }

    fn decide_member(
        &self,
        slot: &'a SmartSlot,
        drawn: smart::Drawn<'a>,
        eligible: u64,
        tenancy: Option<Tenancy>,
    ) -> Option<Decision<'a>> {
        let found = smart::found(self, drawn.member, tenancy)?;
        let smart = SmartChoice { slot, mark: drawn.mark(slot, eligible) };
        Some(Decision { smart: Some(smart), ..self.decide_on(found) })
    }

    /// Judges the visit on the link that its address names, if that may be used here.
    pub fn decide_found(&self, found: Option<Found<'a>>) -> Decision<'a> {
        let tenancy = self.tenancy();
        match found.filter(|found| belongs(found, tenancy)) {
            Some(found) => self.decide_on(found),
            None => self.decide_on_nothing(tenancy),
        }
    }

    fn decide_on(&self, found: Found<'a>) -> Decision<'a> {
        let judgement = steps::judge(self, &found);
        let pages = self.pages(&found);
        self.send(found, judgement, pages)
    }

    /// The landing page, and the prelanding before it: none where the link itself names a landing page, or is a bare one,
    /// under which nobody could be sent on.
    fn pages(&self, found: &Found<'a>) -> (Option<Chosen<'a>>, Option<Chosen<'a>>) {
        let (offer, wanted, visitor) = (found.offer, found.link.landing_id, self.facts.visitor.key);
        let named = wanted.is_some_and(|wanted| offer.landings.iter().any(|landing| landing.landing_id == wanted));
        let straight = named || found.link.id().is_none();
        let prelanding = if straight { None } else { rotation::choose(&offer.prelandings, wanted, visitor) };
        (rotation::choose(&offer.landings, wanted, visitor), prelanding)
    }

    /// To the first of the pages, or where the judgement refuses, down the fallback chain.
    pub(super) fn send(
        &self,
        found: Found<'a>,
        judgement: Judgement,
        (chosen, prelanding): (Option<Chosen<'a>>, Option<Chosen<'a>>),
    ) -> Decision<'a> {
        let workspace = workspace_of(&found);
        let (destination, url) = match chosen.filter(|_| !judgement.refuses()) {
            Some(chosen) => (Destination::Landing, Some(&prelanding.unwrap_or(chosen).landing.url)),
            None if judgement.is_plain => (Destination::NotFound, None),
            None => self.fallback(&found, workspace),
        };
        let prelanding = prelanding.filter(|_| destination == Destination::Landing);
        let (kind, found, smart) = (self.kind(), Some(found), None);
        Decision { kind, judgement, workspace, found, chosen, prelanding, smart, destination, url }
    }

    pub(super) fn decide_on_nothing(&self, tenancy: Option<Tenancy>) -> Decision<'a> {
        let workspace = tenancy.map(|tenancy| tenancy.workspace);
        let (destination, url) = self.workspace_fallback(workspace);
        let judgement = Judgement::unknown_link();
        let (kind, found, chosen, prelanding, smart) = (self.kind(), None, None, None, None);
        Decision { kind, judgement, workspace, found, chosen, prelanding, smart, destination, url }
    }

    fn fallback(&self, found: &Found<'a>, workspace: Option<Id<Workspace>>) -> (Destination, Option<&'a UrlTemplate>) {
        if let Some(url) = &found.partner.trafficback {
            return (Destination::PartnerTrafficback, Some(&**url));
        }
        if let Some(url) = &found.offer.fallback {
            return (Destination::OfferFallback, Some(url));
        }
        self.workspace_fallback(workspace)
    }

    /// Where the fallback chain of a link leads.
    pub(crate) fn fallback_of(&self, found: &Found<'a>) -> Destination {
        self.fallback(found, workspace_of(found)).0
    }

    fn workspace_fallback(&self, workspace: Option<Id<Workspace>>) -> (Destination, Option<&'a UrlTemplate>) {
        match workspace.and_then(|id| self.table.workspace(id)).and_then(|slot| slot.fallback.as_ref()) {
            Some(url) => (Destination::WorkspaceFallback, Some(url)),
            None => (Destination::NotFound, None),
        }
    }
}

impl Decision<'_> {
    pub fn is_click(&self) -> bool {
        self.kind == ClickKind::Click
    }

    pub fn landing_id(&self) -> Option<Id<Landing>> {
        self.chosen.map(|chosen| chosen.landing.landing_id)
    }

    pub fn prelanding_id(&self) -> Option<Id<Landing>> {
        self.prelanding.map(|chosen| chosen.landing.landing_id)
    }

    pub fn smart_mark(&self) -> Option<SmartMark> {
        self.smart.map(|smart| smart.mark)
    }

    /// The share of visitors who see that page, in millionths.
    pub fn landing_ppm(&self) -> u32 {
        self.chosen.map_or(WHOLE_PPM, |chosen| chosen.share_ppm)
    }
}

/// Whether a link may be used under this Host: a tracking domain serves its own tenant, and its own partner, alone.
pub fn belongs(found: &Found<'_>, tenancy: Option<Tenancy>) -> bool {
    let Some(tenancy) = tenancy else { return true };
    let own_partner = tenancy.partner.is_none_or(|partner| partner == found.partner.partner_id);
    own_partner && workspace_of(found) == Some(tenancy.workspace)
}

pub fn workspace_of(found: &Found<'_>) -> Option<Id<Workspace>> {
    let offer = found.offer.route.as_ref().map(|route| route.workspace_id);
    offer.or_else(|| found.partner.route.as_ref().map(|route| route.workspace_id))
}
