//! A request as the doors see it: borrowed, bounded, with every header already found.

use std::{
    borrow::Cow,
    net::{IpAddr, Ipv4Addr},
};

use http::HeaderMap;

use crate::dialect::Dialect;

/// Longest agent that is looked at and kept, in bytes.
pub const MAX_AGENT_BYTES: usize = 512;
/// Longest referrer that is kept, in bytes.
pub const MAX_REFERRER_BYTES: usize = 1_024;

/// One request to a door of the edge. In-process callers fill what they need and leave the rest empty.
#[derive(Clone, Debug)]
pub struct EdgeRequest<'a> {
    pub method: &'a str,
    pub host: Cow<'a, str>,
    pub path: &'a str,
    /// Raw, without the question mark.
    pub query: &'a str,
    /// The other end of the connection.
    pub peer: IpAddr,
    pub user_agent: Cow<'a, str>,
    pub referrer: Cow<'a, str>,
    pub accept_language: Cow<'a, str>,
    pub cookie: Cow<'a, str>,
    /// `Sec-Purpose`, `Purpose` or `X-Moz`.
    pub purpose: Cow<'a, str>,
    pub forwarded_for: Cow<'a, str>,
    pub forwarded_proto: Cow<'a, str>,
    pub authorization: Cow<'a, str>,
    /// RFC 3339; believed only with a replay key.
    pub replay_time: Cow<'a, str>,
    /// An IP address; believed only with a replay key.
    pub replay_address: Cow<'a, str>,
    pub content_type: Cow<'a, str>,
    pub if_none_match: Cow<'a, str>,
    pub origin: Cow<'a, str>,
    pub body: &'a [u8],
    /// The dialect in which the door reads it; absent at native doors.
    pub dialect: Option<Dialect>,
}

impl<'a> EdgeRequest<'a> {
    /// A GET of `target` (path and query) from `peer`, without headers.
    pub fn get(host: &'a str, target: &'a str, peer: IpAddr) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Self { host: Cow::Borrowed(host), path, query, peer, ..Self::empty() }
    }

    fn empty() -> Self {
        const NONE: Cow<'static, str> = Cow::Borrowed("");
        Self {
            method: "GET",
            host: NONE,
            path: "/",
            query: "",
            peer: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
            user_agent: NONE,
            referrer: NONE,
            accept_language: NONE,
            cookie: NONE,
            purpose: NONE,
            forwarded_for: NONE,
            forwarded_proto: NONE,
            authorization: NONE,
            replay_time: NONE,
            replay_address: NONE,
            content_type: NONE,
            if_none_match: NONE,
            origin: NONE,
            body: &[],
            dialect: None,
        }
    }

    pub fn from_parts(parts: &'a http::request::Parts, peer: IpAddr, body: &'a [u8]) -> Self {
        let mut request = Self {
            method: parts.method.as_str(),
            path: parts.uri.path(),
            query: parts.uri.query().unwrap_or(""),
            host: Cow::Borrowed(parts.uri.host().unwrap_or("")),
            peer,
            body,
            ..Self::empty()
        };
        request.read_headers(&parts.headers);
        request
    }

    fn read_headers(&mut self, headers: &'a HeaderMap) {
        for (name, value) in headers {
            let slot = match name.as_str() {
                "host" => &mut self.host,
                "user-agent" => &mut self.user_agent,
                "referer" => &mut self.referrer,
                "accept-language" => &mut self.accept_language,
                "cookie" => &mut self.cookie,
                "sec-purpose" | "purpose" | "x-moz" => &mut self.purpose,
                "x-forwarded-for" => &mut self.forwarded_for,
                "x-forwarded-proto" => &mut self.forwarded_proto,
                "authorization" => &mut self.authorization,
                "tributary-replay-time" => &mut self.replay_time,
                "tributary-replay-address" => &mut self.replay_address,
                "content-type" => &mut self.content_type,
                "if-none-match" => &mut self.if_none_match,
                "origin" => &mut self.origin,
                _ => continue,
            };
            append(slot, String::from_utf8_lossy(value.as_bytes()), name == http::header::COOKIE);
        }
        cut(&mut self.user_agent, MAX_AGENT_BYTES);
        cut(&mut self.referrer, MAX_REFERRER_BYTES);
    }

    /// Host in lower case without its port.
    pub fn host_name(&self) -> Cow<'_, str> {
        let host = match self.host.rfind(':') {
            Some(at) if !self.host[at..].contains(']') => &self.host[..at],
            _ => &self.host,
        };
        lower_case(host)
    }

    /// A browser that fetches ahead of any wish of the visitor.
    pub fn is_prefetch(&self) -> bool {
        self.purpose.to_ascii_lowercase().contains("prefetch")
            || self.purpose.to_ascii_lowercase().contains("prerender")
    }

    /// The value of a cookie, if it was sent.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let pairs = self.cookie.split(';').filter_map(|pair| pair.trim_start().split_once('='));
        pairs.into_iter().find(|(known, _)| *known == name).map(|(_, value)| value.trim_end())
    }

    /// The token of `Authorization: Bearer …`.
    pub fn bearer(&self) -> Option<&str> {
        let (scheme, token) = self.authorization.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
    }

    pub fn is_replay(&self) -> bool {
        !self.replay_time.is_empty() || !self.replay_address.is_empty()
    }
}

/// Repeated headers: lists go on with a comma, cookies with a semicolon.
fn append<'a>(slot: &mut Cow<'a, str>, value: Cow<'a, str>, is_cookie: bool) {
    if slot.is_empty() {
        *slot = value;
    } else {
        let whole = slot.to_mut();
        whole.push_str(if is_cookie { "; " } else { ", " });
        whole.push_str(&value);
    }
}

pub fn lower_case(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

/// Cuts to at most `max` bytes, between characters.
pub fn cut(text: &mut Cow<'_, str>, max: usize) {
    if text.len() <= max {
        return;
    }
    let end = text.floor_char_boundary(max);
    match text {
        Cow::Borrowed(whole) => *whole = &whole[..end],
        Cow::Owned(whole) => whole.truncate(end),
    }
}

/// First language of Accept-Language as two or three lower-case letters, or empty.
pub fn first_language(header: &str) -> Cow<'_, str> {
    let end = header.find([',', ';', '-', '_', ' ']).unwrap_or(header.len());
    let language = &header[..end];
    let sound = matches!(language.len(), 2 | 3) && language.bytes().all(|byte| byte.is_ascii_alphabetic());
    if sound { lower_case(language) } else { Cow::Borrowed("") }
}

/// Host of a referrer in lower case, without user and port, or empty.
pub fn referrer_host(referrer: &str) -> Cow<'_, str> {
    let Some((scheme, rest)) = referrer.split_once("://") else { return Cow::Borrowed("") };
    let authority = &rest[..rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len())];
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    let word = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte) || byte >= 0x80;
    let sound = scheme.len() <= 16 && host.len() <= 253 && host.bytes().all(word);
    if sound { lower_case(host) } else { Cow::Borrowed("") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_and_referrers_are_reduced() {
        let language = |header: &str, wanted: &str| assert_eq!(first_language(header), wanted, "{header}");
        language("pl-PL,pl;q=0.9", "pl");
        language("EN", "en");
        language("*", "");
        language("<script>", "");
        let host = |referrer: &str, wanted: &str| assert_eq!(referrer_host(referrer), wanted, "{referrer}");
        host("https://News.Example:8443/a?b", "news.example");
        host("https://user:pw@news.example/", "news.example");
        host("android-app://com.google.android.gm/", "com.google.android.gm");
        host("-", "");
        host("https://<b>/", "");
    }

    #[test]
    fn hosts_cookies_and_tokens_are_found() {
        let peer = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let mut request = EdgeRequest::get("Go.Example:8080", "/c/x?a=1", peer);
        request.cookie = Cow::Borrowed("a=b; trib_c=XYZ ; c=d");
        request.authorization = Cow::Borrowed("bearer  trk_live_1");
        assert_eq!((request.host_name().as_ref(), request.path, request.query), ("go.example", "/c/x", "a=1"));
        assert_eq!((request.cookie("trib_c"), request.cookie("no")), (Some("XYZ"), None));
        assert_eq!(request.bearer(), Some("trk_live_1"));
        assert_eq!(EdgeRequest::get("[::1]:80", "/", peer).host_name(), "[::1]");
    }

    #[test]
    fn text_is_cut_between_characters() {
        let mut text = Cow::Borrowed("żółw");
        cut(&mut text, 3);
        assert_eq!(text, "ż");
    }
}
