//! The table itself: persistent, so that a change copies one shard of links and a few pointers, never a million links.

pub mod told;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use kernel::{
    Id,
    id::{Advertiser, Cap, Offer, Partner, Workspace},
};

use super::{
    caps::{CapSlot, Caps},
    change::{
        DomainRoute, EnrollmentRoute, LinkRoute, OfferRoute, PartnerRoute, RouteChange, SmartLinkRoute, TokenRoute,
    },
    pairs::Pairs,
    refs::Refs,
    slots::{BySlug, Link, OfferSlot, PartnerSlot, SmartSlot, WorkspaceSlot},
};
use crate::{dialect::Dialect, targeting::Targeting};

/// Shards of links; a change of one link copies about 1/1024 of the pointers.
const LINK_SHARDS: usize = 1024;

type Shard = Arc<HashSet<BySlug>>;

/// Everything known at one sequence.
#[derive(Clone)]
pub struct RouteTable {
    sequence: u64,
    shards: Vec<Shard>,
    offers: Vec<Arc<OfferSlot>>,
    partners: Vec<Arc<PartnerSlot>>,
    offer_slots: Arc<HashMap<Id<Offer>, u32>>,
    partner_slots: Arc<HashMap<Id<Partner>, u32>>,
    workspaces: Arc<HashMap<Id<Workspace>, Arc<WorkspaceSlot>>>,
    domains: Arc<HashMap<String, DomainRoute>>,
    tokens: Arc<HashMap<[u8; 32], TokenRoute>>,
    traffic_types: Arc<HashSet<Arc<str>>>,
    /// By slug.
    smart_links: Arc<HashMap<String, Arc<SmartSlot>>>,
    caps: Arc<Caps>,
    /// Of a table that this one replaces whole: the caps whose tallies go on.
    tallies: Arc<Caps>,
    refs: Refs,
    /// Present while some domain speaks a dialect.
    pairs: Option<Pairs>,
}

impl Default for RouteTable {
    fn default() -> Self {
        Self {
            sequence: 0,
            shards: vec![Shard::default(); LINK_SHARDS],
            offers: Vec::new(),
            partners: Vec::new(),
            offer_slots: Arc::default(),
            partner_slots: Arc::default(),
            workspaces: Arc::default(),
            domains: Arc::default(),
            tokens: Arc::default(),
            traffic_types: Arc::default(),
            smart_links: Arc::default(),
            caps: Arc::default(),
            tallies: Arc::default(),
            refs: Refs::default(),
            pairs: None,
        }
    }
}

/// A link with the offer and the partner it points to.
#[derive(Clone, Copy)]
pub struct Found<'a> {
    pub link: &'a Link,
    pub offer: &'a OfferSlot,
    pub partner: &'a PartnerSlot,
}

impl Found<'_> {
    pub fn enrollment(&self) -> Option<&EnrollmentRoute> {
        self.partner.enrollment(self.link.offer_slot)
    }
}

/// An offer and a partner of one workspace that another platform's address names, with the link that stands for them.
#[derive(Clone, Copy)]
pub struct Pair<'a> {
    pub offer_slot: u32,
    pub partner_slot: u32,
    pub link: Option<&'a Link>,
}

impl RouteTable {
    pub fn sequence(&self) -> u64 {
        self.sequence
    }

    pub fn lookup(&self, slug: &str) -> Option<Found<'_>> {
        Some(self.found(&self.shards[shard_of(slug)].get(slug)?.0))
    }

    pub fn smart_link(&self, slug: &str) -> Option<&SmartSlot> {
        if self.smart_links.is_empty() { None } else { self.smart_links.get(slug).map(|slot| &**slot) }
    }

    /// A link with what it points to.
    pub fn found<'a>(&'a self, link: &'a Link) -> Found<'a> {
        Found {
            link,
            offer: &self.offers[link.offer_slot as usize],
            partner: &self.partners[link.partner_slot as usize],
        }
    }

    /// Whether any domain speaks a dialect.
    pub fn speaks(&self) -> bool {
        self.pairs.is_some()
    }

    pub fn offer(&self, offer: Id<Offer>) -> Option<&OfferRoute> {
        self.offers[*self.offer_slots.get(&offer)? as usize].route.as_ref()
    }

    /// The offer that the other platform, or we ourselves, call `name`.
    pub fn offer_named(&self, workspace: Id<Workspace>, dialect: Dialect, name: &str) -> Option<Id<Offer>> {
        let named = self.refs.offer(workspace, dialect, name).or_else(|| Id::parse(name))?;
        let slot = *self.offer_slots.get(&named)?;
        let route = self.offers[slot as usize].route.as_ref()?;
        (route.workspace_id == workspace).then_some(named)
    }

    fn partner_named(&self, workspace: Id<Workspace>, dialect: Dialect, name: &str) -> Option<u32> {
        let named = self.refs.partner(workspace, dialect, name).or_else(|| Id::parse(name))?;
        let slot = *self.partner_slots.get(&named)?;
        let route = self.partners[slot as usize].route.as_ref()?;
        (route.workspace_id == workspace).then_some(slot)
    }

    /// The offer and partner that an address names, both of `workspace`.
    pub fn pair(&self, workspace: Id<Workspace>, dialect: Dialect, offer: &str, partner: &str) -> Option<Pair<'_>> {
        let offer_slot = *self.offer_slots.get(&self.offer_named(workspace, dialect, offer)?)?;
        let partner_slot = self.partner_named(workspace, dialect, partner)?;
        let link = self.pairs.as_ref().and_then(|pairs| pairs.get((offer_slot, partner_slot)));
        Some(Pair { offer_slot, partner_slot, link })
    }

    /// The link with that alias on the other platform, or with that slug.
    pub fn link_named(&self, workspace: Id<Workspace>, dialect: Dialect, alias: &str) -> Option<Found<'_>> {
        self.lookup(self.refs.slug(workspace, dialect, alias).unwrap_or(alias))
    }

    /// Whether the offer has a goal that the other platform calls `name`.
    pub fn knows_goal(&self, workspace: Id<Workspace>, dialect: Dialect, offer: Id<Offer>, name: &str) -> bool {
        self.refs.goal(workspace, dialect, offer, name).is_some()
    }

    /// Whose token of the other platform it is.
    pub fn dialect_sender(
        &self,
        workspace: Id<Workspace>,
        dialect: Dialect,
        sha256: &[u8; 32],
    ) -> Option<Option<Id<Advertiser>>> {
        self.refs.sender(workspace, dialect, sha256)
    }

    pub fn has_imported_clicks(&self, workspace: Id<Workspace>, dialect: Dialect) -> bool {
        self.refs.has_imported_clicks(workspace, dialect)
    }

    /// `host` in lower case, without port.
    pub fn domain(&self, host: &str) -> Option<&DomainRoute> {
        if self.domains.is_empty() { None } else { self.domains.get(host) }
    }

    pub fn workspace(&self, workspace: Id<Workspace>) -> Option<&WorkspaceSlot> {
        self.workspaces.get(&workspace).map(|slot| &**slot)
    }

    /// Whether visitors of the workspace must have agreed before anything is kept of them.
    pub fn asks_consent(&self, workspace: Id<Workspace>) -> bool {
        self.workspace(workspace).is_some_and(|slot| slot.route.asks_consent)
    }

    /// Whether any workspace asks its visitors.
    pub fn some_asks_consent(&self) -> bool {
        self.workspaces.values().any(|slot| slot.route.asks_consent)
    }

    /// The workspace, where there is only one.
    pub fn only_workspace(&self) -> Option<Id<Workspace>> {
        let mut all = self.workspaces.keys();
        all.next().copied().filter(|_| all.next().is_none())
    }

    pub fn token(&self, sha256: &[u8; 32]) -> Option<&TokenRoute> {
        self.tokens.get(sha256)
    }

    pub fn tokens(&self) -> impl Iterator<Item = &TokenRoute> {
        self.tokens.values()
    }

    pub fn cap(&self, cap: Id<Cap>) -> Option<&Arc<CapSlot>> {
        self.caps.get(cap)
    }

    pub fn caps(&self) -> impl Iterator<Item = &Arc<CapSlot>> {
        self.caps.all()
    }

    /// Caps that may mean clicks on this link.
    pub fn caps_on<'a>(&'a self, found: &Found<'_>) -> impl Iterator<Item = &'a CapSlot> {
        let workspace = found.offer.route.as_ref().map(|offer| offer.workspace_id);
        let offer = found.offer.offer_id;
        let caps = (!self.caps.is_empty()).then_some(&*self.caps);
        caps.into_iter().flat_map(move |caps| caps.of(offer, workspace))
    }

    pub(super) fn keep_tallies_of(&mut self, before: &Self) {
        self.tallies = before.caps.clone();
    }

    pub fn link_count(&self) -> usize {
        self.shards.iter().map(|shard| shard.len()).sum()
    }

    pub(super) fn apply(&mut self, sequence: u64, changes: Vec<RouteChange>) {
        self.sequence = sequence;
        if self.shards.iter().all(|shard| shard.is_empty()) {
            let expected = changes.len() / LINK_SHARDS;
            self.shards.iter_mut().for_each(|shard| Arc::make_mut(shard).reserve(expected));
        }
        let mut stale = false;
        for change in changes {
            stale |= self.disturbs_pairs(&change);
            self.apply_one(change);
        }
        if stale {
            self.pairs = None;
        }
        let speaks = self.domains.values().any(|domain| !domain.dialects.is_empty());
        if !speaks {
            self.pairs = None;
        } else if self.pairs.is_none() {
            self.pairs = Some(Pairs::of(self.shards.iter().flat_map(|shard| shard.iter()).map(|link| &link.0)));
        }
    }

    /// Whether another link must be found for a pair.
    fn disturbs_pairs(&self, change: &RouteChange) -> bool {
        let RouteChange::RemoveLink(slug) = change else { return false };
        let link = self.shards[shard_of(slug)].get(slug.as_str());
        link.zip(self.pairs.as_ref()).is_some_and(|(link, pairs)| pairs.stands(&link.0))
    }

    fn apply_one(&mut self, change: RouteChange) {
        match change {
            RouteChange::UpsertWorkspace(route) => {
                let slot = Arc::new(WorkspaceSlot::filled(route));
                Arc::make_mut(&mut self.workspaces).insert(slot.route.workspace_id, slot);
            }
            RouteChange::RemoveWorkspace(id) => drop(Arc::make_mut(&mut self.workspaces).remove(&id)),
            RouteChange::UpsertDomain(mut route) => {
                route.host.make_ascii_lowercase();
                Arc::make_mut(&mut self.domains).insert(route.host.clone(), route);
            }
            RouteChange::RemoveDomain(host) => {
                Arc::make_mut(&mut self.domains).remove(&host.to_ascii_lowercase());
            }
            RouteChange::UpsertToken(route) => drop(Arc::make_mut(&mut self.tokens).insert(route.sha256, route)),
            RouteChange::RemoveToken(sha256) => drop(Arc::make_mut(&mut self.tokens).remove(&sha256)),
            RouteChange::UpsertOffer(route) => self.put_offer(route),
            RouteChange::RemoveOffer(id) => {
                let slot = self.offer_slot(id);
                self.offers[slot as usize] = Arc::new(OfferSlot::vacant(id));
            }
            RouteChange::UpsertPartner(route) => self.put_partner(route),
            RouteChange::RemovePartner(id) => {
                let partner = self.partner_mut(id);
                partner.route = None;
                partner.trafficback = None;
            }
            RouteChange::UpsertEnrollment(route) => {
                let offer = self.offer_slot(route.offer_id);
                self.partner_mut(route.partner_id).enrollments.insert(offer, route);
            }
            RouteChange::RemoveEnrollment { offer_id, partner_id } => {
                let offer = self.offer_slot(offer_id);
                self.partner_mut(partner_id).enrollments.remove(&offer);
            }
            RouteChange::UpsertCap(route) => {
                let before = self.tallies.get(route.cap_id).cloned();
                Arc::make_mut(&mut self.caps).put(route, before.as_deref());
            }
            RouteChange::RemoveCap(id) => Arc::make_mut(&mut self.caps).remove(id),
            RouteChange::UpsertLink(route) => self.put_link(route),
            RouteChange::RemoveLink(slug) => {
                Arc::make_mut(&mut self.shards[shard_of(&slug)]).remove(slug.as_str());
            }
            RouteChange::UpsertRefs(route) => self.refs.put(route),
            RouteChange::UpsertSmartLink(route) => self.put_smart_link(route),
            RouteChange::RemoveSmartLink(slug) => drop(Arc::make_mut(&mut self.smart_links).remove(&slug)),
        }
    }

    fn put_offer(&mut self, route: OfferRoute) {
        let slot = self.offer_slot(route.offer_id);
        self.offers[slot as usize] = Arc::new(OfferSlot::filled(route));
    }

    fn put_partner(&mut self, route: PartnerRoute) {
        self.partner_mut(route.partner_id).fill(route);
    }

    fn put_link(&mut self, route: LinkRoute) {
        let link = Link {
            link_id: route.link_id,
            offer_slot: self.offer_slot(route.offer_id),
            partner_slot: self.partner_slot(route.partner_id),
            landing_id: route.landing_id,
            creative_id: route.creative_id,
            traffic_type: self.intern(&route.traffic_type),
            slug: route.slug.into_boxed_str(),
            targeting: Targeting::of(route.targeting),
        };
        let link = Arc::new(link);
        if let Some(pairs) = &mut self.pairs {
            pairs.put(&link);
        }
        let shard = Arc::make_mut(&mut self.shards[shard_of(&link.slug)]);
        shard.replace(BySlug(link));
    }

    fn put_smart_link(&mut self, route: SmartLinkRoute) {
        let slug = route.slug.clone();
        Arc::make_mut(&mut self.smart_links).insert(slug, Arc::new(SmartSlot::filled(route)));
    }

    fn offer_slot(&mut self, id: Id<Offer>) -> u32 {
        if let Some(&slot) = self.offer_slots.get(&id) {
            return slot;
        }
        let slot = self.offers.len() as u32;
        self.offers.push(Arc::new(OfferSlot::vacant(id)));
        Arc::make_mut(&mut self.offer_slots).insert(id, slot);
        slot
    }

    fn partner_slot(&mut self, id: Id<Partner>) -> u32 {
        if let Some(&slot) = self.partner_slots.get(&id) {
            return slot;
        }
        let slot = self.partners.len() as u32;
        self.partners.push(Arc::new(PartnerSlot::vacant(id)));
        Arc::make_mut(&mut self.partner_slots).insert(id, slot);
        slot
    }

    fn partner_mut(&mut self, id: Id<Partner>) -> &mut PartnerSlot {
        let slot = self.partner_slot(id);
        Arc::make_mut(&mut self.partners[slot as usize])
    }

    fn intern(&mut self, traffic_type: &str) -> Arc<str> {
        if let Some(known) = self.traffic_types.get(traffic_type) {
            return known.clone();
        }
        let fresh: Arc<str> = traffic_type.into();
        Arc::make_mut(&mut self.traffic_types).insert(fresh.clone());
        fresh
    }

    /// The table as changes that would rebuild it, things before the links that point to them.
    pub(super) fn changes(&self) -> impl Iterator<Item = RouteChange> + '_ {
        let workspaces = self.workspaces.values().map(|slot| RouteChange::UpsertWorkspace(slot.route.clone()));
        let domains = self.domains.values().cloned().map(RouteChange::UpsertDomain);
        let tokens = self.tokens.values().cloned().map(RouteChange::UpsertToken);
        let offers = self.offers.iter().filter_map(|slot| slot.told()).map(RouteChange::UpsertOffer);
        let partners = self.partners.iter().filter_map(|slot| slot.route.clone()).map(RouteChange::UpsertPartner);
        let enrolled = self.partners.iter().flat_map(|slot| slot.enrollments.values().cloned());
        let links = self.shards.iter().flat_map(|shard| shard.iter()).map(|link| self.link_change(&link.0));
        let slots = workspaces.chain(domains).chain(tokens).chain(offers).chain(partners);
        let caps = self.caps.all().map(|slot| RouteChange::UpsertCap(slot.route.clone()));
        let refs = self.refs.routes().map(RouteChange::UpsertRefs);
        let smart_links = self.smart_links.values().map(|slot| RouteChange::UpsertSmartLink(slot.route.clone()));
        slots.chain(enrolled.map(RouteChange::UpsertEnrollment)).chain(caps).chain(links).chain(refs).chain(smart_links)
    }

    fn link_change(&self, link: &Link) -> RouteChange {
        RouteChange::UpsertLink(LinkRoute {
            link_id: link.link_id,
            slug: link.slug.to_string(),
            offer_id: self.offers[link.offer_slot as usize].offer_id,
            partner_id: self.partners[link.partner_slot as usize].partner_id,
            landing_id: link.landing_id,
            creative_id: link.creative_id,
            traffic_type: link.traffic_type.to_string(),
            targeting: link.targeting.as_ref().map_or_else(Vec::new, |held| held.conditions().to_vec()),
        })
    }
}

/// FNV-1a over the slug. Only `app` inserts slugs, so nobody outside can fill one shard.
fn shard_of(slug: &str) -> usize {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = slug.bytes().fold(0xcbf2_9ce4_8422_2325, step);
    (hash >> 32) as usize % LINK_SHARDS
}
