//! The first-party tag: `GET /t.js` gives the script, `POST /t` takes what it saw.
//!
//! The body of `POST /t` is JSON with texts and numbers: `event`, `page`, `click_id`, `visitor_id`, `consent`, `offer_id`,
//! `referrer` and further properties. The event `conversion` makes a receipt; every other one is a touch, answered with the
//! visitor's signed key, by which the tag is recognised where the browser keeps cookies of other sites away.
//!
//! Invariant: where the workspace asks visitors, nothing is kept or answered of one who has not agreed, whatever the
//! script on the page does; and of one who said no, nowhere.

use std::{borrow::Cow, sync::Arc};

use bytes::Bytes;
use events::{
    Record, TouchRecord,
    record::{Consent, Door, TouchMore, Visitor},
};
use http::{
    HeaderValue, StatusCode,
    header::{
        ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_ORIGIN,
        ACCESS_CONTROL_EXPOSE_HEADERS, CACHE_CONTROL, CONTENT_TYPE, ETAG, VARY,
    },
};
use kernel::{
    Id, Refusal, RefusalCode,
    id::{Advertiser, Offer, Workspace},
};

use super::{channel, fields::Fields};
use crate::{
    click_id,
    edge::Edge,
    lane::{Lane, LaneState, Turn},
    params::clean,
    redirect::visitor::{VisitorKey, click_from_cookie},
    request::{EdgeRequest, MAX_REFERRER_BYTES, referrer_host},
    response::{EdgeResponse, VISITOR_HEADER},
};

const SCRIPT: &str = include_str!("../../data/t.js");
/// What the script says of its workspace, and what it says of one that asks visitors.
const ASKS_NOT: &str = "var asks = false;";
const ASKS: &str = "var asks = true;";
/// Longest name of an event that is kept, in bytes.
const MAX_EVENT_BYTES: usize = 64;
/// Longest page address that is kept, in bytes.
const MAX_PAGE_BYTES: usize = 1_024;
const NAMED_FIELDS: [&str; 8] = ["event", "page", "click_id", "at", "visitor_id", "consent", "referrer", "offer_id"];

/// `/t.js` as it is for a workspace, kept for an hour and asked for again by its tag.
pub fn script(request: &EdgeRequest<'_>, asks_consent: bool) -> EdgeResponse {
    let script = if asks_consent { SCRIPT.replace(ASKS_NOT, ASKS) } else { SCRIPT.to_owned() };
    let etag = format!("\"{}\"", &blake3::hash(script.as_bytes()).to_hex()[..16]);
    let known = request.if_none_match.split(',').any(|seen| seen.trim().trim_start_matches("W/") == etag);
    let mut response = EdgeResponse::new(if known { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
    response.headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    response.set(ETAG, &etag);
    if !known {
        response.headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8"));
        response.body = Bytes::from(script);
    }
    response
}

impl Edge {
    /// `GET /t.js`. Where no host tells the workspace, the strictest answers.
    pub fn tag_script(&self, request: &EdgeRequest<'_>) -> EdgeResponse {
        script(request, self.asks_consent(request))
    }

    pub(crate) fn asks_consent(&self, request: &EdgeRequest<'_>) -> bool {
        let table = self.routes.table();
        let tenant = self.tenant_of(request);
        tenant.map_or_else(|| table.some_asks_consent(), |workspace| table.asks_consent(workspace))
    }

    /// `POST /t` on the lane of the caller's thread; `OPTIONS` for browsers that ask first.
    pub(crate) async fn tag(self: &Arc<Self>, lane: &Lane, request: &EdgeRequest<'_>) -> EdgeResponse {
        let mut response = match request.method {
            "OPTIONS" => EdgeResponse::new(StatusCode::NO_CONTENT),
            "POST" => self.take_tag(lane, request).await.unwrap_or_else(|refusal| self.refuse(&refusal)),
            _ => self.refuse(&Refusal::new(RefusalCode::MethodNotAllowed, "the tag sends a POST")),
        };
        allow_origin(&mut response, request);
        response
    }

    async fn take_tag(self: &Arc<Self>, lane: &Lane, request: &EdgeRequest<'_>) -> Result<EdgeResponse, Refusal> {
        let fields = Fields::read(request)?;
        let consent = consent(&fields, self.asks_consent(request))?;
        if fields.get("event") == Some("conversion") {
            let taken = self.take_from_page(request, Door::Tag).await;
            let answer = taken.inspect_err(|refusal| self.note_refused(request, (Door::Tag, None), refusal))?;
            return Ok(EdgeResponse::json(answer.http_status, &answer));
        }
        let (turn, visitor) = self.begin_touch(lane, request, &fields, consent)?;
        let stored = lane.stored(turn).await;
        Ok(self.finish_touch(visitor, stored))
    }

    /// A touch at `POST /t` for callers in process: stored when it returns.
    pub fn touch(&self, request: &EdgeRequest<'_>) -> Result<EdgeResponse, Refusal> {
        let (lane, fields) = (self.lane(0), Fields::read(request)?);
        let consent = consent(&fields, self.asks_consent(request))?;
        let (turn, visitor) = self.begin_touch(lane, request, &fields, consent)?;
        Ok(self.finish_touch(visitor, lane.flush_now(&turn)))
    }

    fn begin_touch(
        &self,
        lane: &Lane,
        request: &EdgeRequest<'_>,
        fields: &Fields,
        consent: Consent,
    ) -> Result<(Arc<Turn>, u64), Refusal> {
        let unknown = || Refusal::new(RefusalCode::UnknownHost, "no workspace owns this host");
        let workspace = self.tenant_of(request).ok_or_else(unknown)?;
        self.append_touch(&mut lane.lock(), request, fields, (workspace, consent))
    }

    fn finish_touch(&self, visitor: u64, stored: bool) -> EdgeResponse {
        let counter = if stored { &self.counters.touches_stored } else { &self.counters.touches_unstored };
        counter.add(1);
        let mut response = EdgeResponse::new(StatusCode::NO_CONTENT);
        response.set(VISITOR_HEADER, self.visitors.sign(visitor).as_str());
        response
    }

    fn append_touch(
        &self,
        state: &mut LaneState,
        request: &EdgeRequest<'_>,
        fields: &Fields,
        (workspace, consent): (Id<Workspace>, Consent),
    ) -> Result<(Arc<Turn>, u64), Refusal> {
        let origin = self.origin(request)?;
        let mut facts = self.facts(state, request, origin.ip);
        if let Some(key) = self.named_visitor(fields) {
            facts.visitor = VisitorKey { key, from_cookie: true };
        }
        let referrer = clean(Cow::Owned(fields.get("referrer").unwrap_or("").to_owned()), MAX_REFERRER_BYTES);
        let visitor = Visitor { referrer: &referrer, referrer_host: &referrer_host(&referrer), ..facts.record() };
        let given = fields.get("click_id").and_then(click_id::parse).or_else(|| click_from_cookie(request));
        let properties = properties(fields);
        let text = |name: &str, max: usize| clean(Cow::Owned(fields.get(name).unwrap_or("").to_owned()), max);
        let record = Record::Touch(TouchRecord {
            touch_id: u128::from_be_bytes(self.ambient.random_bytes()),
            event_time: origin.at,
            recorded_at: origin.recorded_at,
            workspace,
            advertiser: fields.get("offer_id").and_then(|offer| self.advertiser_of(offer, workspace)),
            click_id: given.filter(|id| self.mint.keys().vouches_for(*id)),
            visitor,
            event: &text("event", MAX_EVENT_BYTES),
            page: &text("page", MAX_PAGE_BYTES),
            properties: &properties,
            more: TouchMore { channel: channel::of_touch(fields), consent },
        });
        let turn = state.append(&record).map_err(|_| Refusal::new(RefusalCode::BadBody, "the event is too long"))?;
        Ok((turn, facts.visitor.key))
    }

    /// The visitor whom a request names with our signature.
    pub(crate) fn named_visitor(&self, fields: &Fields) -> Option<u64> {
        fields.get("visitor_id").and_then(|text| self.visitors.read(text))
    }

    fn advertiser_of(&self, offer: &str, workspace: Id<Workspace>) -> Option<Id<Advertiser>> {
        let table = self.routes.table();
        let offer = table.offer(Id::<Offer>::parse(offer)?)?;
        (offer.workspace_id == workspace).then_some(offer.advertiser_id)
    }
}

/// What the visitor said; refused where they said no, or nothing where they are asked.
fn consent(fields: &Fields, asks: bool) -> Result<Consent, Refusal> {
    match fields.get("consent") {
        Some("granted") => Ok(Consent::Granted),
        None if !asks => Ok(Consent::NotAsked),
        None => Err(Refusal::new(RefusalCode::ConsentRequired, "visitors are asked here; consent=granted is missing")),
        Some("denied") => Err(Refusal::new(RefusalCode::ConsentRequired, "the visitor said no: nothing was kept")),
        Some(_) => Err(Refusal::new(RefusalCode::BadParameter, "consent is granted or denied")),
    }
}

fn properties(fields: &Fields) -> String {
    let rest: serde_json::Map<_, _> = fields
        .iter()
        .filter(|(name, _)| !NAMED_FIELDS.contains(name))
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect();
    if rest.is_empty() { String::new() } else { serde_json::Value::Object(rest).to_string() }
}

/// The tag runs on the advertiser's pages and sends its cookie along, so the page's origin is named.
fn allow_origin(response: &mut EdgeResponse, request: &EdgeRequest<'_>) {
    if request.origin.is_empty() {
        return;
    }
    response.set(ACCESS_CONTROL_ALLOW_ORIGIN, &request.origin);
    response.headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    response.headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("content-type"));
    response.set(ACCESS_CONTROL_EXPOSE_HEADERS, VISITOR_HEADER.as_str());
    response.headers.insert(VARY, HeaderValue::from_static("origin"));
}
