//! The words in which `app` tells the edge what changed. Each is whole: an upsert carries all of its thing.

use kernel::{
    Id, Timestamp,
    id::{Advertiser, Cap, Creative, Landing, Link, Offer, Partner, SmartLink, User, Workspace},
    period::{Period, Span},
    targeting::TargetingCondition,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::refs::RefsRoute;
use crate::dialect::Dialects;

/// One change of the routes. Order between kinds does not matter: a link may come before its offer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RouteChange {
    UpsertWorkspace(WorkspaceRoute),
    RemoveWorkspace(Id<Workspace>),
    UpsertDomain(DomainRoute),
    RemoveDomain(String),
    UpsertToken(TokenRoute),
    RemoveToken([u8; 32]),
    UpsertOffer(OfferRoute),
    RemoveOffer(Id<Offer>),
    UpsertPartner(PartnerRoute),
    RemovePartner(Id<Partner>),
    UpsertEnrollment(EnrollmentRoute),
    RemoveEnrollment {
        offer_id: Id<Offer>,
        partner_id: Id<Partner>,
    },
    UpsertLink(LinkRoute),
    /// By slug.
    RemoveLink(String),
    UpsertCap(CapRoute),
    RemoveCap(Id<Cap>),
    UpsertRefs(RefsRoute),
    UpsertSmartLink(SmartLinkRoute),
    /// By slug.
    RemoveSmartLink(String),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorkspaceRoute {
    pub workspace_id: Id<Workspace>,
    /// Where refused visitors go when neither partner nor offer names a place.
    pub fallback_url: Option<String>,
    /// Nothing is set, kept or recognised of a visitor before they agree.
    #[serde(default)]
    pub asks_consent: bool,
}

/// A tracking domain. Its Host decides the tenant of a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DomainRoute {
    /// Lower case, without port.
    pub host: String,
    pub workspace_id: Id<Workspace>,
    /// Set where the domain belongs to one partner: only that partner's links work there.
    pub partner_id: Option<Id<Partner>>,
    /// Forms of other platforms that are understood there.
    pub dialects: Dialects,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TokenKind {
    /// May report conversions.
    Postback,
    /// May give clicks their own time and address.
    Replay,
    /// Signs receipts, and never travels itself.
    Signing,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TokenRoute {
    /// See [`token_digest`].
    pub sha256: [u8; 32],
    pub kind: TokenKind,
    pub workspace_id: Id<Workspace>,
    /// `None`: valid for every advertiser of the workspace.
    pub advertiser_id: Option<Id<Advertiser>>,
}

/// SHA-256 of the token's UTF-8 text: the only form in which the edge keeps one.
pub fn token_digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OfferState {
    Active,
    /// Draft, paused or archived.
    Paused,
    Expired,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TrafficRule {
    Allowed,
    ByApproval,
    Forbidden,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PageKind {
    #[default]
    Landing,
    /// Visitors see it first and go on from it to a landing page.
    Prelanding,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LandingRoute {
    pub landing_id: Id<Landing>,
    /// Routes of the past that were kept before there were kinds are of landing pages.
    #[serde(default)]
    pub kind: PageKind,
    /// May hold out-macros anywhere behind the host.
    pub url: String,
    /// Its share among the pages of its kind that have one; 0 takes it out of the rotation.
    pub weight: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfferRoute {
    pub offer_id: Id<Offer>,
    pub advertiser_id: Id<Advertiser>,
    pub workspace_id: Id<Workspace>,
    pub state: OfferState,
    pub starts_at: Option<Timestamp>,
    pub ends_at: Option<Timestamp>,
    /// Of each kind, links that name none take one by weight, or the first where none has a weight.
    pub landings: Vec<LandingRoute>,
    /// `shop.example` for exactly that host, `*.shop.example` for all below it.
    pub allowed_hosts: Vec<String>,
    /// Name under which the landing page reads the click id.
    pub click_parameter: String,
    pub duplicate_window_ms: i64,
    pub fallback_url: Option<String>,
    pub vertical: String,
    /// Sub ids and unknown parameters of the tracking link are passed to the landing page.
    pub passes_extra_parameters: bool,
    /// A query such as `utm_source=tributary&utm_campaign={offer_id}`.
    pub utm_template: Option<String>,
    /// Types that are not listed are allowed.
    pub traffic_rules: Vec<(String, TrafficRule)>,
    pub targeting: Vec<TargetingCondition>,
    /// A view may earn where nothing stronger does.
    #[serde(default)]
    pub credits_views: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PartnerState {
    Active,
    /// Suspended, banned, or not approved yet.
    Suspended,
}

/// Where a partner wants refused visitors back. `url` is used only while its host is `verified_host`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trafficback {
    pub url: String,
    pub verified_host: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartnerRoute {
    pub partner_id: Id<Partner>,
    pub workspace_id: Id<Workspace>,
    pub state: PartnerState,
    pub manager_id: Option<Id<User>>,
    pub group: String,
    pub trafficback: Option<Trafficback>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EnrollmentState {
    Requested,
    Approved,
    Testing,
    Paused,
    Ended,
    Rejected,
}

impl EnrollmentState {
    pub const fn lets_traffic_through(self) -> bool {
        matches!(self, Self::Approved | Self::Testing)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EnrollmentRoute {
    pub offer_id: Id<Offer>,
    pub partner_id: Id<Partner>,
    pub state: EnrollmentState,
    /// Types that the offer allows by approval only and this partner has.
    pub approved_traffic_types: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkRoute {
    pub link_id: Id<Link>,
    pub slug: String,
    pub offer_id: Id<Offer>,
    pub partner_id: Id<Partner>,
    /// `None`: the offer's first landing page. A link that names a landing page goes straight there.
    pub landing_id: Option<Id<Landing>>,
    pub creative_id: Option<Id<Creative>>,
    pub traffic_type: String,
    /// Beside the offer's.
    pub targeting: Vec<TargetingCondition>,
}

/// One address over several links of a partner, each to another offer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SmartLinkRoute {
    pub smart_link_id: Id<SmartLink>,
    pub workspace_id: Id<Workspace>,
    pub slug: String,
    pub members: Vec<SmartMemberRoute>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SmartMemberRoute {
    /// Below [`SMART_MEMBERS_MAX`]; for ever the same offer's.
    pub number: u8,
    /// The slug of its link.
    pub link: String,
    /// Among eligible members those of the highest rank alone are chosen from.
    pub rank: i32,
    /// Its share among those.
    pub share: u32,
}

/// Members that a smart link may have had in all its life: each has a bit in what is recorded of a choice.
pub const SMART_MEMBERS_MAX: u8 = 64;

/// What a cap counts at the edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CapTraffic {
    Views,
    Clicks,
    /// Conversions or money: counted by the decider, which says when the way is closed.
    Elsewhere,
}

/// Where traffic goes for which there is no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WhenFull {
    Fallback,
    /// A plain page.
    Refuse,
    /// On, as if there were room.
    LetThrough,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CapRoute {
    pub cap_id: Id<Cap>,
    pub workspace_id: Id<Workspace>,
    pub advertiser_id: Option<Id<Advertiser>>,
    pub offer_id: Option<Id<Offer>>,
    pub partner_id: Option<Id<Partner>>,
    /// Empty lists fit all.
    pub countries: Vec<String>,
    pub sources: Vec<String>,
    pub counts: CapTraffic,
    pub period: Period,
    pub timezone: String,
    pub limit: i64,
    pub when_full: WhenFull,
    /// What happened before is not counted.
    pub counted_from: Timestamp,
    /// Of what is counted elsewhere: while there is no room.
    pub closed: Option<Span>,
}

impl CapRoute {
    /// Whether both count the same things in the same periods, whatever their limits.
    pub fn counts_as(&self, other: &Self) -> bool {
        let terms = |it: &Self| (it.advertiser_id, it.offer_id, it.partner_id, it.counts, it.period, it.counted_from);
        terms(self) == terms(other)
            && self.timezone == other.timezone
            && self.countries == other.countries
            && self.sources == other.sources
    }
}
