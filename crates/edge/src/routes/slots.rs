//! The table's own form of offers, partners and links, with everything parsed that a click would otherwise parse.

use std::{collections::HashMap, hash, mem, sync::Arc};

use kernel::{
    Id, Timestamp,
    id::{self, Creative, Landing, Offer, Partner},
};

use super::change::{
    EnrollmentRoute, LandingRoute, OfferRoute, PageKind, PartnerRoute, SMART_MEMBERS_MAX, SmartLinkRoute,
    SmartMemberRoute, TrafficRule, WorkspaceRoute,
};
use crate::{
    targeting::Targeting,
    template::{Hosts, Template, UrlTemplate},
};

/// The traffic type of a link that declares none.
pub(crate) const UNSPECIFIED_TRAFFIC: &str = "unspecified";

/// A landing page whose address may be redirected to.
#[derive(Debug)]
pub struct LandingSlot {
    pub landing_id: Id<Landing>,
    pub url: UrlTemplate,
    pub weight: u32,
}

/// An offer's place in the table. The route's targeting is moved to `targeting`. `route` is `None` while links point to an offer that has not been told yet.
#[derive(Debug)]
pub struct OfferSlot {
    pub offer_id: Id<Offer>,
    pub route: Option<OfferRoute>,
    pub landings: Vec<LandingSlot>,
    /// Seen before a landing page.
    pub prelandings: Vec<LandingSlot>,
    pub fallback: Option<UrlTemplate>,
    pub utm: Option<Template>,
    /// `None` where everybody may come through.
    pub targeting: Option<Arc<Targeting>>,
}

impl OfferSlot {
    pub(super) fn vacant(offer_id: Id<Offer>) -> Self {
        let (landings, prelandings) = (Vec::new(), Vec::new());
        Self { offer_id, route: None, landings, prelandings, fallback: None, utm: None, targeting: None }
    }

    pub(super) fn filled(mut route: OfferRoute) -> Self {
        let targeting = Targeting::of(mem::take(&mut route.targeting));
        let hosts = Hosts::new(&route.allowed_hosts);
        Self {
            offer_id: route.offer_id,
            landings: pages(&route.landings, PageKind::Landing, &hosts),
            prelandings: pages(&route.landings, PageKind::Prelanding, &hosts),
            fallback: route.fallback_url.as_deref().and_then(|url| safe_url(url, &hosts, "offer fallback")),
            utm: route.utm_template.as_deref().map(Template::parse),
            targeting,
            route: Some(route),
        }
    }

    /// The route as it was told, with the conditions that lie compiled beside it.
    pub(super) fn told(&self) -> Option<OfferRoute> {
        let mut route = self.route.clone()?;
        route.targeting = self.targeting.as_ref().map_or_else(Vec::new, |targeting| targeting.conditions().to_vec());
        Some(route)
    }

    pub fn has_started(&self, at: Timestamp) -> bool {
        self.route.as_ref().and_then(|route| route.starts_at).is_none_or(|start| start <= at)
    }

    pub fn has_ended(&self, at: Timestamp) -> bool {
        self.route.as_ref().and_then(|route| route.ends_at).is_some_and(|end| end <= at)
    }

    pub fn traffic_rule(&self, traffic_type: &str) -> TrafficRule {
        let rules = self.route.as_ref().map_or(&[][..], |route| &route.traffic_rules);
        rules.iter().find(|(name, _)| name == traffic_type).map_or(TrafficRule::Allowed, |(_, rule)| *rule)
    }
}

fn pages(routes: &[LandingRoute], kind: PageKind, hosts: &Hosts) -> Vec<LandingSlot> {
    let of_kind = routes.iter().filter(|landing| landing.kind == kind);
    let slots = of_kind.filter_map(|landing| {
        let url = safe_url(&landing.url, hosts, "landing page")?;
        Some(LandingSlot { landing_id: landing.landing_id, url, weight: landing.weight })
    });
    slots.collect()
}

/// A partner's place in the table, with the enrollments by offer slot.
#[derive(Clone, Debug)]
pub struct PartnerSlot {
    pub partner_id: Id<Partner>,
    pub route: Option<PartnerRoute>,
    pub trafficback: Option<Arc<UrlTemplate>>,
    pub(super) enrollments: HashMap<u32, EnrollmentRoute>,
}

impl PartnerSlot {
    pub(super) fn vacant(partner_id: Id<Partner>) -> Self {
        Self { partner_id, route: None, trafficback: None, enrollments: HashMap::new() }
    }

    pub(super) fn fill(&mut self, route: PartnerRoute) {
        let trafficback = route.trafficback.as_ref().and_then(|wanted| {
            let hosts = Hosts::new(std::slice::from_ref(&wanted.verified_host));
            safe_url(&wanted.url, &hosts, "partner trafficback")
        });
        self.trafficback = trafficback.map(Arc::new);
        self.route = Some(route);
    }

    pub fn enrollment(&self, offer_slot: u32) -> Option<&EnrollmentRoute> {
        self.enrollments.get(&offer_slot)
    }
}

/// A workspace and its parsed fallback. Its fallback address is its own word, so its host is allowed.
#[derive(Debug)]
pub struct WorkspaceSlot {
    pub route: WorkspaceRoute,
    pub fallback: Option<UrlTemplate>,
}

impl WorkspaceSlot {
    pub(super) fn filled(route: WorkspaceRoute) -> Self {
        let fallback = route.fallback_url.as_deref().and_then(UrlTemplate::parse_any_host);
        Self { route, fallback }
    }
}

/// A smart link's place in the table: members in the order of their numbers, each once.
#[derive(Debug)]
pub struct SmartSlot {
    pub route: SmartLinkRoute,
}

impl SmartSlot {
    pub(super) fn filled(mut route: SmartLinkRoute) -> Self {
        route.members.retain(|member| member.number < SMART_MEMBERS_MAX);
        route.members.sort_by_key(|member| member.number);
        route.members.dedup_by_key(|member| member.number);
        Self { route }
    }

    pub fn member(&self, number: u8) -> Option<&SmartMemberRoute> {
        self.route.members.iter().find(|member| member.number == number)
    }
}

/// A link as the table keeps it: slots instead of ids, the traffic type shared between links.
#[derive(Debug)]
pub struct Link {
    pub link_id: Id<id::Link>,
    pub slug: Box<str>,
    pub offer_slot: u32,
    pub partner_slot: u32,
    pub landing_id: Option<Id<Landing>>,
    pub creative_id: Option<Id<Creative>>,
    pub traffic_type: Arc<str>,
    pub targeting: Option<Arc<Targeting>>,
}

impl Link {
    /// Stands for a partner on an offer where the partner has no link of its own: an address of a dialect names only
    /// the two. It has no id, and carries no declared traffic type.
    pub fn bare(offer_slot: u32, partner_slot: u32) -> Self {
        Self {
            link_id: Id::from_u128(0),
            slug: Box::default(),
            offer_slot,
            partner_slot,
            landing_id: None,
            creative_id: None,
            traffic_type: UNSPECIFIED_TRAFFIC.into(),
            targeting: None,
        }
    }

    /// Absent for a bare link.
    pub fn id(&self) -> Option<Id<id::Link>> {
        (self.link_id.as_u128() != 0).then_some(self.link_id)
    }
}

/// A link in a set keyed by its slug.
#[derive(Clone, Debug)]
pub(super) struct BySlug(pub Arc<Link>);

impl PartialEq for BySlug {
    fn eq(&self, other: &Self) -> bool {
        self.0.slug == other.0.slug
    }
}
impl Eq for BySlug {}
impl hash::Hash for BySlug {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.slug.hash(state);
    }
}
impl std::borrow::Borrow<str> for BySlug {
    fn borrow(&self) -> &str {
        &self.0.slug
    }
}

fn safe_url(url: &str, hosts: &Hosts, what: &str) -> Option<UrlTemplate> {
    let parsed = UrlTemplate::parse(url, hosts);
    if parsed.is_none() {
        tracing::warn!(what, url, "address is not used for redirects: its host is not allowed or it cannot be read");
    }
    parsed
}
