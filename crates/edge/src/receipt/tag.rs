//! The first-party tag: `GET /t.js` gives the script, `POST /t` takes what it saw.
//!
//! The body of `POST /t` is JSON with texts and numbers: `event`, `page`, `click_id`, `at` and further properties. The
//! event `conversion` makes a receipt; every other one is a touch.

use std::{borrow::Cow, sync::Arc};

use bytes::Bytes;
use events::{Record, TouchRecord, record::Door};
use http::{
    HeaderValue, StatusCode,
    header::{
        ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL,
        CONTENT_TYPE, ETAG, VARY,
    },
};
use kernel::{Id, Refusal, RefusalCode, id::Workspace};

use super::fields::Fields;
use crate::{
    click_id,
    edge::Edge,
    lane::{Lane, LaneState, Turn},
    params::clean,
    redirect::visitor::click_from_cookie,
    request::EdgeRequest,
    response::EdgeResponse,
};

const SCRIPT: &str = include_str!("../../data/t.js");
/// Longest name of an event that is kept, in bytes.
const MAX_EVENT_BYTES: usize = 64;
/// Longest page address that is kept, in bytes.
const MAX_PAGE_BYTES: usize = 1_024;
const NAMED_FIELDS: [&str; 4] = ["event", "page", "click_id", "at"];

/// `/t.js`, kept for an hour and asked for again by its tag.
pub fn script(request: &EdgeRequest<'_>) -> EdgeResponse {
    let etag = format!("\"{}\"", &blake3::hash(SCRIPT.as_bytes()).to_hex()[..16]);
    let known = request.if_none_match.split(',').any(|seen| seen.trim().trim_start_matches("W/") == etag);
    let mut response = EdgeResponse::new(if known { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
    response.headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    response.set(ETAG, &etag);
    if !known {
        response.headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8"));
        response.body = Bytes::from_static(SCRIPT.as_bytes());
    }
    response
}

impl Edge {
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
        if fields.get("event") == Some("conversion") {
            let answer = self.take_from_page(request, Door::Tag).await?;
            return Ok(EdgeResponse::json(answer.http_status, &answer));
        }
        let unknown = || Refusal::new(RefusalCode::UnknownHost, "no workspace owns this host");
        let workspace = self.tenant_of(request).ok_or_else(unknown)?;
        let turn = self.append_touch(&mut lane.lock(), request, &fields, workspace)?;
        let stored = lane.stored(turn).await;
        let counter = if stored { &self.counters.touches_stored } else { &self.counters.touches_unstored };
        counter.add(1);
        Ok(EdgeResponse::new(StatusCode::NO_CONTENT))
    }

    fn append_touch(
        &self,
        state: &mut LaneState,
        request: &EdgeRequest<'_>,
        fields: &Fields,
        workspace: Id<Workspace>,
    ) -> Result<Arc<Turn>, Refusal> {
        let origin = self.origin(request)?;
        let facts = self.facts(state, request, origin.ip);
        let given = fields.get("click_id").and_then(click_id::parse).or_else(|| click_from_cookie(request));
        let properties = properties(fields);
        let text = |name: &str, max: usize| clean(Cow::Owned(fields.get(name).unwrap_or("").to_owned()), max);
        let record = Record::Touch(TouchRecord {
            touch_id: u128::from_be_bytes(self.ambient.random_bytes()),
            event_time: origin.at,
            recorded_at: origin.recorded_at,
            workspace,
            advertiser: None,
            click_id: given.filter(|id| self.mint.keys().vouches_for(*id)),
            visitor: facts.record(),
            event: &text("event", MAX_EVENT_BYTES),
            page: &text("page", MAX_PAGE_BYTES),
            properties: &properties,
        });
        state.append(&record).map_err(|_| Refusal::new(RefusalCode::BadBody, "the event is too long"))
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
    response.headers.insert(VARY, HeaderValue::from_static("origin"));
}
