//! The edge itself: its parts, and the doors for clicks and views.

use std::{
    cell::Cell,
    net::IpAddr,
    sync::{Arc, Mutex},
};

use events::{
    Journal, Record,
    record::{ClickMore, ClickRecord, Destination, Dims, ViewMore, ViewRecord},
};
use kernel::{
    Ambient, Id, Refusal, RefusalCode, Timestamp,
    id::{Click, Workspace},
    time::MINUTE_MS,
};

use crate::{
    click_id::ClickIdMint,
    counters::EdgeCounters,
    dialect::{self, Ask},
    facts::Facts,
    lane::{Lane, LaneState, Turn},
    network::{self, Network},
    params::Params,
    receipt::{ReceiptDoor, calls::Calls, signature::Nonces},
    redirect::{
        Decision, Places, Sieve, Visit, VisitDoor,
        chain::{self, Onward},
        destination::{self, ClickValues},
        visitor::{self, VisitorKeys},
    },
    request::{EdgeRequest, first_language, referrer_host},
    response::{CLICK_HEADER, EdgeResponse},
    routes::{OfferRoute, Routes, TokenKind, token_digest},
};

/// A replayed click may lie this far in the future, for clocks that differ.
const REPLAY_AHEAD_MS: i64 = MINUTE_MS;
/// The oldest moment a replay may name: 2000-01-01.
const REPLAY_OLDEST_MS: i64 = 946_684_800_000;

pub struct EdgeOptions {
    /// Threads that will serve; each has a journal lane. Lane 0 is for callers in process.
    pub threads: u16,
    /// What the geo files tell; empty leaves places unknown.
    pub places: Arc<Places>,
    /// Proxies whose X-Forwarded-For is believed.
    pub trusted_proxies: Vec<Network>,
}

impl Default for EdgeOptions {
    fn default() -> Self {
        Self { threads: 2, places: Arc::default(), trusted_proxies: Network::loopback() }
    }
}

/// Everything the doors need. Shared by all threads; what a thread writes to lies in its [`Lane`].
pub struct Edge {
    pub(crate) routes: Routes,
    pub(crate) journal: Arc<Journal>,
    pub(crate) mint: ClickIdMint,
    pub(crate) door: Arc<dyn ReceiptDoor>,
    pub(crate) ambient: Ambient,
    pub(crate) counters: EdgeCounters,
    pub(crate) nonces: Mutex<Nonces>,
    pub(crate) calls: Calls,
    pub(crate) trusted_proxies: Vec<Network>,
    pub(crate) visitors: VisitorKeys,
    sieve: Sieve,
    places: Arc<Places>,
    lanes: Vec<Lane>,
}

/// From where and when a request came, as far as it is believed.
#[derive(Clone, Copy)]
pub(crate) struct Origin {
    pub ip: IpAddr,
    pub at: Timestamp,
    pub recorded_at: Timestamp,
    /// The workspace whose replay key the request showed.
    replay: Option<Id<Workspace>>,
}

/// A visit that has been judged, and who it is.
pub(crate) struct Weighed<'a> {
    pub visit: &'a Visit<'a>,
    pub decision: &'a Decision<'a>,
    pub origin: Origin,
    pub route_version: u64,
}

/// An answer that is good once `turn` is stored.
pub(crate) struct Begun {
    pub response: EdgeResponse,
    pub turn: Option<Arc<Turn>>,
}

impl Begun {
    fn done(response: EdgeResponse) -> Self {
        Self { response, turn: None }
    }
}

impl Edge {
    pub fn open(
        options: EdgeOptions,
        routes: Routes,
        journal: Arc<Journal>,
        mint: ClickIdMint,
        door: Arc<dyn ReceiptDoor>,
        ambient: Ambient,
    ) -> anyhow::Result<Self> {
        let lanes = (0..=options.threads).map(|number| Ok(Lane::new(journal.click_lane(number)?, mint.drawer())));
        Ok(Self {
            lanes: lanes.collect::<anyhow::Result<_>>()?,
            visitors: VisitorKeys::new(mint.keys()),
            sieve: Sieve::new()?,
            places: options.places,
            trusted_proxies: options.trusted_proxies,
            counters: EdgeCounters::default(),
            nonces: Mutex::default(),
            calls: Calls::default(),
            routes,
            journal,
            mint,
            door,
            ambient,
        })
    }

    pub fn routes(&self) -> &Routes {
        &self.routes
    }

    pub fn counters(&self) -> &EdgeCounters {
        &self.counters
    }

    pub fn mint(&self) -> &ClickIdMint {
        &self.mint
    }

    /// Serving threads that have a lane.
    pub fn threads(&self) -> u16 {
        (self.lanes.len() - 1) as u16
    }

    /// Lane 0 belongs to callers in process, lane n to serving thread n.
    pub(crate) fn lane(&self, number: u16) -> &Lane {
        &self.lanes[usize::from(number)]
    }

    /// `/c/{slug}` for callers in process: stored when it returns, or the answer says `unstored`.
    pub fn click(&self, request: &EdgeRequest<'_>) -> EdgeResponse {
        let lane = self.lane(0);
        let begun = self.begin_click(lane, request);
        let stored = begun.turn.as_ref().is_none_or(|turn| lane.flush_now(turn));
        self.finish_click(lane, request, begun, stored)
    }

    /// `/i/{slug}` for callers in process.
    pub fn view(&self, request: &EdgeRequest<'_>) -> EdgeResponse {
        let lane = self.lane(0);
        let begun = self.begin_view(lane, request);
        let stored = begun.turn.as_ref().is_none_or(|turn| lane.flush_now(turn));
        self.finish_view(begun, stored)
    }

    /// Judges the click and appends it to the lane's open turn.
    pub(crate) fn begin_click(&self, lane: &Lane, request: &EdgeRequest<'_>) -> Begun {
        let mut state = lane.lock();
        let begun =
            self.weigh(&mut state, request, VisitDoor::Click, |state, weighed| match weighed.decision.workspace {
                None => {
                    self.counters.clicks_of_nobody.add(1);
                    Begun::done(respond(weighed, None))
                }
                Some(workspace) => self.append_click(state, weighed, workspace),
            });
        begun.unwrap_or_else(|refusal| Begun::done(EdgeResponse::problem(&refusal)))
    }

    fn append_click(&self, state: &mut LaneState, weighed: &Weighed<'_>, workspace: Id<Workspace>) -> Begun {
        let id = state.drawer.draw(weighed.origin.at);
        match state.append(&Record::Click(click_record(weighed, id, workspace))) {
            Ok(turn) => Begun { response: self.respond_stored(weighed, id), turn: Some(turn) },
            Err(error) => {
                tracing::error!(%error, "a click could not be appended to the journal");
                self.counters.clicks_unstored.add(1);
                Begun::done(respond_unstored(weighed))
            }
        }
    }

    pub(crate) fn finish_click(
        &self,
        lane: &Lane,
        request: &EdgeRequest<'_>,
        begun: Begun,
        stored: bool,
    ) -> EdgeResponse {
        match (&begun.turn, stored) {
            (None, _) => begun.response,
            (Some(_), true) => {
                self.counters.clicks_stored.add(1);
                begun.response
            }
            (Some(_), false) => {
                self.counters.clicks_unstored.add(1);
                let again =
                    self.weigh(&mut lane.lock(), request, VisitDoor::Again, |_, weighed| respond_unstored(weighed));
                again.unwrap_or_else(|refusal| EdgeResponse::problem(&refusal))
            }
        }
    }

    pub(crate) fn begin_view(&self, lane: &Lane, request: &EdgeRequest<'_>) -> Begun {
        let mut state = lane.lock();
        let begun = self.weigh(&mut state, request, VisitDoor::View, |state, weighed| {
            let workspace = weighed.decision.workspace.filter(|_| weighed.decision.found.is_some());
            let record = workspace.map(|workspace| Record::View(self.view_record(weighed, workspace)));
            let turn = record.and_then(|record| state.append(&record).ok());
            Begun { response: EdgeResponse::pixel(), turn }
        });
        begun.unwrap_or_else(|refusal| Begun::done(EdgeResponse::problem(&refusal)))
    }

    pub(crate) fn finish_view(&self, begun: Begun, stored: bool) -> EdgeResponse {
        let counter = if stored { &self.counters.views_stored } else { &self.counters.views_unstored };
        counter.add(u64::from(begun.turn.is_some()));
        begun.response
    }

    /// Gathers the facts, judges, and hands everything to `then` while the lane is held.
    pub(crate) fn weigh<T>(
        &self,
        state: &mut LaneState,
        request: &EdgeRequest<'_>,
        door: VisitDoor,
        then: impl FnOnce(&mut LaneState, &Weighed<'_>) -> T,
    ) -> Result<T, Refusal> {
        let table = self.routes.table();
        let origin = self.origin(request)?;
        let facts = self.facts(state, request, origin.ip);
        let params = match request.dialect {
            None => Params::parse(request.query),
            Some(dialect) => dialect::params(dialect, request.query),
        };
        let (at, places, condition) = (origin.at, &*self.places, Cell::new(None));
        let visit = Visit { facts: &facts, params: &params, at, table: &table, door, places, condition };
        let bare;
        let deep_link;
        let decision = match request.dialect.map(|dialect| (dialect, Ask::read(dialect, request))) {
            None if door == VisitDoor::Onward => visit.decide_onward(Onward::of(request, self.mint.keys()).as_ref()),
            None => visit.decide(slug_of(request.path)),
            Some((dialect, ask)) => {
                bare = visit.bare_link(dialect, &ask);
                let mut decision = visit.decide_found(visit.asked(dialect, &ask, bare.as_ref()));
                deep_link = decision.deep_link(&ask);
                if let Some(url) = deep_link.as_ref() {
                    (decision.url, decision.prelanding) = (Some(url), None);
                }
                decision
            }
        };
        if origin.replay.is_some() && origin.replay != decision.workspace {
            return Err(bad_replay_key());
        }
        let route_version = table.sequence();
        Ok(then(state, &Weighed { visit: &visit, decision: &decision, origin, route_version }))
    }

    pub(crate) fn facts<'a>(&self, state: &mut LaneState, request: &'a EdgeRequest<'a>, ip: IpAddr) -> Facts<'a> {
        Facts {
            request,
            ip,
            agent: state.agents.facts(&request.user_agent, &self.sieve),
            place: self.places.find(ip),
            visitor: self.visitors.key_of(request, ip),
            referrer_host: referrer_host(&request.referrer),
            language: first_language(&request.accept_language),
        }
    }

    /// Where and when, with the replay headers of a sender that may use them.
    pub(crate) fn origin(&self, request: &EdgeRequest<'_>) -> Result<Origin, Refusal> {
        let now = self.ambient.now();
        let ip = network::client_ip(request, &self.trusted_proxies);
        let plain = Origin { ip, at: now, recorded_at: now, replay: None };
        if request.is_replay() { self.replayed(request, plain) } else { Ok(plain) }
    }

    /// What is replayed stands in lists where it would have stood; ids of now come in the order in which they are drawn.
    pub(crate) fn id_for<K>(&self, origin: Origin) -> Id<K> {
        if origin.at == origin.recorded_at { self.ambient.new_id() } else { self.ambient.new_id_at(origin.at) }
    }

    fn replayed(&self, request: &EdgeRequest<'_>, mut origin: Origin) -> Result<Origin, Refusal> {
        let table = self.routes.table();
        let token = request.bearer().and_then(|token| table.token(&token_digest(token)));
        let token = token.filter(|token| token.kind == TokenKind::Replay).ok_or_else(bad_replay_key)?;
        origin.replay = Some(token.workspace_id);
        if !request.replay_time.is_empty() {
            origin.at = replay_time(&request.replay_time, origin.recorded_at)?;
        }
        if !request.replay_address.is_empty() {
            let address = request.replay_address.trim().parse::<IpAddr>();
            origin.ip = address.map_err(|_| bad_parameter("Tributary-Replay-Address is no IP address"))?.to_canonical();
        }
        Ok(origin)
    }

    fn respond_stored(&self, weighed: &Weighed<'_>, id: Id<Click>) -> EdgeResponse {
        let text = visitor::Word::of(id.as_u128());
        let mut response = respond(weighed, Some(text.as_str()));
        response.click_id = Some(id);
        let counted = weighed.decision.judgement.reason.is_none() && weighed.decision.is_click();
        let is_free = weighed.decision.workspace.is_none_or(|workspace| !weighed.visit.table.asks_consent(workspace));
        if counted && is_free && weighed.decision.destination == Destination::Landing {
            let facts = weighed.visit.facts;
            let secure = network::is_secure(facts.request, &self.trusted_proxies);
            response.add_cookie(visitor::click_cookie(text.as_str(), secure));
            if let Some(token) = chain::token(weighed.decision, text.as_str()) {
                response.add_cookie(visitor::next_cookie(&token, secure));
            }
            if !facts.visitor.from_cookie {
                response.add_cookie(visitor::visitor_cookie(self.visitors.sign(facts.visitor.key).as_str(), secure));
            }
        }
        response
    }

    fn view_record<'a>(&self, weighed: &'a Weighed<'a>, workspace: Id<Workspace>) -> ViewRecord<'a> {
        ViewRecord {
            view_id: self.ambient.new_id_at(weighed.origin.at),
            event_time: weighed.origin.at,
            recorded_at: weighed.origin.recorded_at,
            kind: weighed.decision.kind,
            reason: weighed.decision.judgement.reason,
            workspace,
            dims: dims(weighed.decision),
            visitor: weighed.visit.facts.record(),
            subs: weighed.visit.params.sub_texts(),
            source_id: &weighed.visit.params.source_id,
            route_version: weighed.route_version,
            more: ViewMore { may_be_credited: offer_of(weighed).is_some_and(|offer| offer.credits_views) },
        }
    }
}

fn offer_of<'a>(weighed: &Weighed<'a>) -> Option<&'a OfferRoute> {
    weighed.decision.found.and_then(|found| found.offer.route.as_ref())
}

fn slug_of(path: &str) -> &str {
    path.get("/c/".len()..).unwrap_or("")
}

fn bad_replay_key() -> Refusal {
    Refusal::new(RefusalCode::BadToken, "replayed times and addresses need a replay key of the link's workspace")
}

fn bad_parameter(message: &str) -> Refusal {
    Refusal::new(RefusalCode::BadParameter, message)
}

fn replay_time(text: &str, now: Timestamp) -> Result<Timestamp, Refusal> {
    let at = Timestamp::parse(text.trim()).ok_or_else(|| bad_parameter("Tributary-Replay-Time is not RFC 3339"))?;
    let sound = (REPLAY_OLDEST_MS..=now.millis() + REPLAY_AHEAD_MS).contains(&at.millis());
    if sound { Ok(at) } else { Err(bad_parameter("Tributary-Replay-Time lies in the future or before the year 2000")) }
}

pub(crate) fn respond(weighed: &Weighed<'_>, click_id: Option<&str>) -> EdgeResponse {
    let values =
        ClickValues { visit: weighed.visit, decision: weighed.decision, click_id: click_id.unwrap_or_default() };
    EdgeResponse::redirect(weighed.decision.url.map(|template| destination::location(template, &values)))
}

fn respond_unstored(weighed: &Weighed<'_>) -> EdgeResponse {
    let mut response = respond(weighed, None);
    response.set(CLICK_HEADER, "unstored");
    response
}

fn click_record<'a>(weighed: &'a Weighed<'a>, click_id: Id<Click>, workspace: Id<Workspace>) -> ClickRecord<'a> {
    let decision = weighed.decision;
    let offer = offer_of(weighed);
    ClickRecord {
        click_id,
        event_time: weighed.origin.at,
        recorded_at: weighed.origin.recorded_at,
        kind: decision.kind,
        reason: decision.judgement.reason,
        workspace,
        dims: dims(decision),
        visitor: weighed.visit.facts.record(),
        subs: weighed.visit.params.sub_texts(),
        source_id: &weighed.visit.params.source_id,
        destination: decision.destination,
        duplicate_window_ms: offer.map_or(0, |offer| offer.duplicate_window_ms.max(0) as u64),
        route_version: weighed.route_version,
        steps: decision.judgement.steps,
        method: weighed.visit.facts.request.method,
        more: ClickMore {
            condition: weighed.visit.condition.get(),
            landing_ppm: decision.landing_ppm(),
            smart: decision.smart_mark(),
            prelanding: decision.prelanding_id(),
        },
    }
}

pub(crate) fn dims<'a>(decision: &Decision<'a>) -> Dims<'a> {
    let Some(found) = decision.found else { return Dims::default() };
    let (offer, partner) = (found.offer.route.as_ref(), found.partner.route.as_ref());
    Dims {
        advertiser: offer.map(|offer| offer.advertiser_id),
        offer: Some(found.offer.offer_id),
        partner: Some(found.partner.partner_id),
        link: found.link.id(),
        landing: decision.landing_id(),
        manager: partner.and_then(|partner| partner.manager_id),
        partner_group: partner.map_or("", |partner| &partner.group),
        vertical: offer.map_or("", |offer| &offer.vertical),
        traffic_type: &found.link.traffic_type,
    }
}
