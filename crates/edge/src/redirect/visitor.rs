//! Who a visitor is, without knowing who it is: a keyed hash, and two first-party cookies.
//!
//! `trib_v` carries the visitor's key with a MAC, so that the same browser keeps its key when its address changes and
//! nobody can invent one. `trib_c` carries the last click, for the conversion pixel and the tag; `trib_n` what leads on from
//! a prelanding.

use std::net::IpAddr;

use kernel::{Id, crockford, id::Click};

use super::chain::NEXT_COOKIE;
use crate::{click_id::ClickKeys, request::EdgeRequest};

pub const VISITOR_COOKIE: &str = "trib_v";
pub const CLICK_COOKIE: &str = "trib_c";
/// Seconds: 365 days.
const VISITOR_COOKIE_AGE: &str = "31536000";
/// Seconds: 30 days, the default longest time from click to conversion.
const CLICK_COOKIE_AGE: &str = "2592000";
/// Seconds: a day, in which a visitor may go on from a prelanding.
const NEXT_COOKIE_AGE: &str = "86400";

/// 128 bits as text, without an allocation.
#[derive(Clone, Copy)]
pub struct Word([u8; crockford::ENCODED_LEN]);

impl Word {
    pub fn of(value: u128) -> Self {
        Self(crockford::encode(value))
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("Crockford digits are ASCII")
    }
}

pub struct VisitorKeys {
    key: [u8; 32],
}

/// A visitor's key, and whether the browser brought it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VisitorKey {
    pub key: u64,
    pub from_cookie: bool,
}

impl VisitorKeys {
    pub fn new(keys: &ClickKeys) -> Self {
        Self { key: keys.derive("tributary 2026-11 visitor key") }
    }

    pub fn key_of(&self, request: &EdgeRequest<'_>, ip: IpAddr) -> VisitorKey {
        let brought = request.cookie(VISITOR_COOKIE).and_then(|text| self.read(text));
        match brought {
            Some(key) => VisitorKey { key, from_cookie: true },
            None => VisitorKey { key: self.hash(ip, &request.user_agent), from_cookie: false },
        }
    }

    fn hash(&self, ip: IpAddr, agent: &str) -> u64 {
        let mut hasher = blake3::Hasher::new_keyed(&self.key);
        match ip {
            IpAddr::V4(ip) => hasher.update(&ip.octets()),
            IpAddr::V6(ip) => hasher.update(&ip.octets()),
        };
        hasher.update(agent.as_bytes());
        head(hasher.finalize())
    }

    /// The cookie's value for a key.
    pub fn sign(&self, key: u64) -> Word {
        Word::of(u128::from(key) << 64 | u128::from(self.mac(key)))
    }

    /// The key that a signed value names, if it is one of ours.
    pub fn read(&self, text: &str) -> Option<u64> {
        let value = crockford::decode(text)?;
        let key = (value >> 64) as u64;
        (self.mac(key) ^ value as u64 == 0).then_some(key)
    }

    fn mac(&self, key: u64) -> u64 {
        let mut message = *b"cookie  ________";
        message[8..].copy_from_slice(&key.to_be_bytes());
        head(blake3::keyed_hash(&self.key, &message))
    }
}

fn head(hash: blake3::Hash) -> u64 {
    u64::from_be_bytes(hash.as_bytes()[..8].try_into().expect("a hash has 32 bytes"))
}

/// `Set-Cookie` for the visitor's key.
pub fn visitor_cookie(value: &str, secure: bool) -> String {
    cookie(VISITOR_COOKIE, value, VISITOR_COOKIE_AGE, secure)
}

/// `Set-Cookie` for the last click.
pub fn click_cookie(id: &str, secure: bool) -> String {
    cookie(CLICK_COOKIE, id, CLICK_COOKIE_AGE, secure)
}

/// `Set-Cookie` for what leads on from a prelanding.
pub fn next_cookie(token: &str, secure: bool) -> String {
    cookie(NEXT_COOKIE, token, NEXT_COOKIE_AGE, secure)
}

/// A pixel on another site sees the cookie only with `SameSite=None`, which browsers take over TLS alone.
fn cookie(name: &str, value: &str, age: &str, secure: bool) -> String {
    let policy = if secure { "SameSite=None; Secure" } else { "SameSite=Lax" };
    let parts = [name, "=", value, "; Path=/; HttpOnly; ", policy, "; Max-Age=", age];
    // Of exactly its length, a text becomes a header value without another allocation.
    let mut text = String::with_capacity(parts.iter().map(|part| part.len()).sum());
    parts.iter().for_each(|part| text.push_str(part));
    text
}

/// The click a browser brings along in its cookie; whether its MAC is right is asked elsewhere.
pub fn click_from_cookie(request: &EdgeRequest<'_>) -> Option<Id<Click>> {
    request.cookie(CLICK_COOKIE).and_then(crate::click_id::parse)
}
