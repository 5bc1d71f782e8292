//! An edge in a temporary folder with one offer, one partner and one link, and a clock that the test moves.

use std::{
    borrow::Cow,
    net::{IpAddr, Ipv4Addr},
    path::Path,
    sync::{Arc, Mutex},
};

use edge::{
    ClickIdMint, Edge, EdgeOptions, EdgeRequest, EdgeResponse, ReceiptAnswer, ReceiptDoor, RouteChange, Routes,
    dialect::{Dialect, Dialects},
    receipt::BoxFuture,
    routes::{
        DomainRoute, EnrollmentRoute, EnrollmentState, LandingRoute, LinkRoute, OfferRoute, OfferState, PageKind,
        PartnerRoute, PartnerState, TokenKind, TokenRoute, WorkspaceRoute, token_digest,
    },
};
use events::{Journal, JournalOptions, Lane, Position, ReceiptRecord, Record};
use kernel::{Ambient, Id, Timestamp, ambient::SeededChance, id::Workspace, time::MovableClock};
use tempfile::TempDir;

pub const CHROME: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                          Chrome/131.0.0.0 Safari/537.36";
pub const NOW: i64 = 1_790_000_000_000;
pub const TOKEN: &str = "postback-secret";
pub const KEY_BEFORE: &str = "sgn_before";
pub const KEY_NEXT: &str = "sgn_next";
pub const REPLAY_KEY: &str = "trk_live_replay";

/// What the door of a test does with receipts.
#[derive(Default)]
pub struct Decider {
    pub seen: Mutex<Vec<ReceiptRecord>>,
    pub panics: bool,
}

impl ReceiptDoor for Decider {
    fn decide(&self, receipt: ReceiptRecord, _: Position) -> BoxFuture<'_, ReceiptAnswer> {
        assert!(!self.panics, "a decider that fails");
        let answer = ReceiptAnswer {
            http_status: 200,
            receipt_id: receipt.receipt_id,
            conversion_id: Some(receipt.conversion_id),
            status: "pending".to_owned(),
            reason: None,
            message: "taken".to_owned(),
        };
        self.seen.lock().expect("seen").push(receipt);
        Box::pin(async move { answer })
    }
}

pub struct World {
    pub edge: Arc<Edge>,
    pub journal: Arc<Journal>,
    pub decider: Arc<Decider>,
    _folder: TempDir,
    sequence: Mutex<u64>,
}

impl World {
    pub fn new() -> Self {
        Self::with(JournalOptions::default(), Decider::default())
    }

    pub fn with(options: JournalOptions, decider: Decider) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = MovableClock::starting_at(Timestamp::from_millis(NOW));
        let (edge, journal, decider) = open(folder.path(), &clock, options, decider);
        let world = Self { edge, journal, decider, _folder: folder, sequence: Mutex::new(0) };
        world.apply(changes());
        world
    }

    pub fn apply(&self, changes: Vec<RouteChange>) {
        let mut sequence = self.sequence.lock().expect("sequence");
        *sequence += 1;
        assert!(self.edge.routes().apply(*sequence, changes));
    }

    pub fn click(&self, target: &str) -> EdgeResponse {
        self.edge.click(&browser(target))
    }

    /// Reads back every record of lane 0.
    pub fn records(&self, look: &mut dyn FnMut(Record<'_>)) {
        let mut reader = self.journal.read_from(Position::start_of(Lane(0)));
        loop {
            let chunk = reader.read(1 << 20).expect("the journal is read");
            if chunk.is_empty() {
                return;
            }
            chunk.records().for_each(|(bytes, _)| look(Record::decode(bytes).expect("a record")));
        }
    }

    /// One line per click in the journal: kind, reason, destination.
    pub fn stories(&self) -> Vec<String> {
        let mut stories = Vec::new();
        self.records(&mut |record| {
            if let Record::Click(click) = record {
                let reason = click.reason.map_or("valid", |reason| reason.code());
                stories.push(format!("{} {reason} {}", click.kind.code(), click.destination.code()));
            }
        });
        stories
    }
}

fn open(
    folder: &Path,
    clock: &MovableClock,
    options: JournalOptions,
    decider: Decider,
) -> (Arc<Edge>, Arc<Journal>, Arc<Decider>) {
    let ambient = Ambient::new(Arc::new(clock.clone()), Arc::new(SeededChance::from_number(7)));
    let journal = Journal::open(&folder.join("journal"), options, Arc::new(clock.clone())).expect("a journal");
    let (journal, decider) = (Arc::new(journal), Arc::new(decider));
    let mint = ClickIdMint::open(&folder.join("keys"), 0, &ambient).expect("keys");
    let options = EdgeOptions { threads: 2, ..EdgeOptions::default() };
    let edge = Edge::open(options, Routes::default(), journal.clone(), mint, decider.clone(), ambient);
    (Arc::new(edge.expect("an edge")), journal, decider)
}

pub fn browser(target: &str) -> EdgeRequest<'_> {
    let mut request = EdgeRequest::get("127.0.0.1:8080", target, IpAddr::V4(Ipv4Addr::new(203, 0, 113, 9)));
    request.user_agent = Cow::Borrowed(CHROME);
    request
}

pub fn workspace(number: u128) -> Id<Workspace> {
    Id::from_u128(number)
}

pub fn offer() -> OfferRoute {
    OfferRoute {
        offer_id: Id::from_u128(1),
        advertiser_id: Id::from_u128(2),
        workspace_id: workspace(9),
        state: OfferState::Active,
        starts_at: None,
        ends_at: None,
        landings: vec![LandingRoute {
            landing_id: Id::from_u128(3),
            kind: PageKind::Landing,
            url: "https://shop.example/item?x=1".to_owned(),
            weight: 0,
        }],
        allowed_hosts: vec!["shop.example".to_owned()],
        click_parameter: "click_id".to_owned(),
        duplicate_window_ms: 86_400_000,
        fallback_url: None,
        vertical: "e-commerce".to_owned(),
        passes_extra_parameters: false,
        utm_template: None,
        traffic_rules: Vec::new(),
        targeting: Vec::new(),
        credits_views: true,
    }
}

pub fn partner() -> PartnerRoute {
    PartnerRoute {
        partner_id: Id::from_u128(4),
        workspace_id: workspace(9),
        state: PartnerState::Active,
        manager_id: None,
        group: "gold".to_owned(),
        trafficback: None,
    }
}

pub fn enrollment(state: EnrollmentState) -> EnrollmentRoute {
    EnrollmentRoute {
        offer_id: Id::from_u128(1),
        partner_id: Id::from_u128(4),
        state,
        approved_traffic_types: Vec::new(),
    }
}

pub fn link(slug: &str) -> LinkRoute {
    LinkRoute {
        link_id: Id::from_u128(5),
        slug: slug.to_owned(),
        offer_id: Id::from_u128(1),
        partner_id: Id::from_u128(4),
        landing_id: None,
        creative_id: None,
        traffic_type: "content".to_owned(),
        targeting: Vec::new(),
    }
}

fn token(secret: &str, kind: TokenKind) -> RouteChange {
    RouteChange::UpsertToken(TokenRoute {
        sha256: token_digest(secret),
        kind,
        workspace_id: workspace(9),
        advertiser_id: None,
    })
}

fn changes() -> Vec<RouteChange> {
    vec![
        RouteChange::UpsertWorkspace(WorkspaceRoute {
            workspace_id: workspace(9),
            fallback_url: None,
            asks_consent: false,
        }),
        RouteChange::UpsertDomain(DomainRoute {
            host: "go.example".to_owned(),
            workspace_id: workspace(9),
            partner_id: None,
            dialects: Dialects::default(),
        }),
        RouteChange::UpsertDomain(DomainRoute {
            host: "all.example".to_owned(),
            workspace_id: workspace(9),
            partner_id: None,
            dialects: Dialect::ALL.into_iter().collect(),
        }),
        RouteChange::UpsertDomain(DomainRoute {
            host: "other.example".to_owned(),
            workspace_id: workspace(10),
            partner_id: None,
            dialects: Dialects::default(),
        }),
        RouteChange::UpsertOffer(offer()),
        RouteChange::UpsertPartner(partner()),
        RouteChange::UpsertEnrollment(enrollment(EnrollmentState::Approved)),
        RouteChange::UpsertLink(link("go")),
        token(TOKEN, TokenKind::Postback),
        token(REPLAY_KEY, TokenKind::Replay),
        token(KEY_BEFORE, TokenKind::Signing),
        token(KEY_NEXT, TokenKind::Signing),
    ]
}
