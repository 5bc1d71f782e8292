//! What a door answers.

use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION, SET_COOKIE},
};
use kernel::{Id, Refusal, id::Click};

/// A transparent pixel: the smallest GIF89a.
pub const PIXEL: &[u8; 43] =
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\x00\x00\x00\x21\xF9\x04\x01\x00\x00\x00\x00\
\x2C\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00\x3B";

pub const CLICK_HEADER: HeaderName = HeaderName::from_static("tributary-click");
/// Carries the visitor's signed key to the tag.
pub const VISITOR_HEADER: HeaderName = HeaderName::from_static("tributary-visitor");
pub const STATUS_HEADER: HeaderName = HeaderName::from_static("tributary-status");
/// Nothing a door says may be kept by a cache.
const NOT_KEPT: HeaderValue = HeaderValue::from_static("private, no-store");
const NOT_FOUND: &[u8] = b"Not found\n";

#[derive(Clone, Debug)]
pub struct EdgeResponse {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
    /// The id of the click that was stored, for callers in process.
    pub click_id: Option<Id<Click>>,
}

impl EdgeResponse {
    pub fn new(status: StatusCode) -> Self {
        let mut headers = HeaderMap::with_capacity(6);
        headers.insert(CACHE_CONTROL, NOT_KEPT);
        Self { status, headers, body: Bytes::new(), click_id: None }
    }

    /// 302 to `location`, or the plain 404 page where there is nowhere to go.
    pub fn redirect(location: Option<String>) -> Self {
        let Some(value) = location.and_then(|location| HeaderValue::try_from(location).ok()) else {
            return Self::not_found();
        };
        let mut response = Self::new(StatusCode::FOUND);
        response.headers.insert(LOCATION, value);
        response
    }

    /// Says nothing of what is here and what is not.
    pub fn not_found() -> Self {
        let mut response = Self::new(StatusCode::NOT_FOUND);
        response.headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        response.body = Bytes::from_static(NOT_FOUND);
        response
    }

    pub fn pixel() -> Self {
        let mut response = Self::new(StatusCode::OK);
        response.headers.insert(CONTENT_TYPE, HeaderValue::from_static("image/gif"));
        response.body = Bytes::from_static(PIXEL);
        response
    }

    pub fn json(status: u16, body: &impl serde::Serialize) -> Self {
        let mut response = Self::new(StatusCode::from_u16(status).unwrap_or(StatusCode::OK));
        response.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response.body = serde_json::to_vec(body).unwrap_or_default().into();
        response
    }

    /// A refusal as RFC 9457 problem.
    pub fn problem(refusal: &Refusal) -> Self {
        let status = refusal.code.kind().http_status();
        let body = serde_json::json!({
            "type": "about:blank",
            "title": refusal.message,
            "status": status,
            "code": refusal.code.code(),
        });
        let mut response = Self::json(status, &body);
        response.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response
    }

    pub fn add_cookie(&mut self, cookie: String) {
        if let Ok(value) = HeaderValue::try_from(cookie) {
            self.headers.append(SET_COOKIE, value);
        }
    }

    /// Adds a header whose value is ours; one that cannot stand in a header is left out.
    pub fn set(&mut self, name: HeaderName, value: &str) {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
    }

    pub fn location(&self) -> Option<&str> {
        self.headers.get(LOCATION).and_then(|value| value.to_str().ok())
    }
}
