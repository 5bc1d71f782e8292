//! Signed receipts.
//!
//! `signature` is HMAC-SHA256 in hex over five lines: method, path, the parameters, `timestamp`, `nonce`. The parameters
//! are those of query and body without `signature`, `timestamp` and `nonce`, sorted by name, percent-encoded down to
//! unreserved characters, as `name=value` joined by `&`. The key is the SHA-256 of the signing key's text (32 bytes), so
//! that the edge needs to keep no secret. `key_id` names the key by the first 16 hex digits of that digest; without it, the
//! keys of the tracking domain's workspace are tried, so that two of one advertiser live side by side while it changes over.
//! A postback token may sign too, but it vouches no further than it does in clear: it has been sent about.

use std::collections::HashSet;

use events::record::Trust;
use hmac::{Hmac, KeyInit as _, Mac as _};
use kernel::{Id, Refusal, RefusalCode, Timestamp, id::Workspace, time::MINUTE_MS};
use sha2::Sha256;

use super::fields::Fields;
use crate::{
    request::EdgeRequest,
    routes::{RouteTable, TokenKind, TokenRoute},
    template::encode,
};

/// How far a signature's timestamp may be from our clock, both ways.
pub const REPLAY_WINDOW_MS: i64 = 5 * MINUTE_MS;
/// Nonces kept in one generation of the replay window.
const MAX_NONCES: usize = 100_000;
const MAX_NONCE_BYTES: usize = 64;
/// Tokens tried for a signature that names none.
const MAX_TRIED: usize = 64;
const KEY_ID_DIGITS: usize = 16;

/// Parameters that belong to the signature and not to the receipt.
pub const SIGNATURE_FIELDS: [&str; 4] = ["signature", "timestamp", "nonce", "key_id"];

/// Nonces seen in this window and the one before.
#[derive(Default)]
pub struct Nonces {
    young: HashSet<[u8; 16]>,
    old: HashSet<[u8; 16]>,
    turned_at: Timestamp,
}

impl Nonces {
    /// Whether the nonce is new; from now on it is not.
    fn is_new(&mut self, token: &TokenRoute, nonce: &str, now: Timestamp) -> bool {
        let aged = now.millis() - self.turned_at.millis() > 2 * REPLAY_WINDOW_MS;
        if aged || self.young.len() >= MAX_NONCES {
            self.old = std::mem::take(&mut self.young);
            self.turned_at = now;
        }
        let hash = blake3::keyed_hash(&token.sha256, nonce.as_bytes());
        let hash = hash.as_bytes()[..16].try_into().expect("a hash has 32 bytes");
        !self.old.contains(&hash) && self.young.insert(hash)
    }
}

/// The token with which the fields were signed.
pub fn verify<'a>(
    table: &'a RouteTable,
    request: &EdgeRequest<'_>,
    fields: &Fields,
    tenancy: Option<Id<Workspace>>,
) -> Result<&'a TokenRoute, Refusal> {
    let signature = fields.get("signature").and_then(unhex).ok_or_else(bad_signature)?;
    let message = message(request, fields);
    let wanted = fields.get("key_id");
    let may = |token: &TokenRoute| match wanted {
        Some(key_id) => key_id.eq_ignore_ascii_case(&key_id_of(token)),
        None => tenancy == Some(token.workspace_id),
    };
    let may = &may;
    let of = |kind| table.tokens().filter(move |token| token.kind == kind && may(token));
    let candidates = of(TokenKind::Signing).chain(of(TokenKind::Postback));
    let mut candidates = candidates.take(MAX_TRIED);
    let signed = |token: &&TokenRoute| mac_of(token, &message).verify_slice(&signature).is_ok();
    candidates.find(signed).ok_or_else(bad_signature)
}

/// The rung on which a signature with this token stands.
pub fn trust_of(token: &TokenRoute) -> Trust {
    if token.kind == TokenKind::Signing { Trust::Signature } else { Trust::Token }
}

/// Refuses a stale timestamp and a nonce that was seen.
pub fn check_freshness(
    nonces: &mut Nonces,
    token: &TokenRoute,
    fields: &Fields,
    now: Timestamp,
) -> Result<(), Refusal> {
    let timestamp = fields.get("timestamp").and_then(|text| text.parse::<i64>().ok()).ok_or_else(bad_signature)?;
    let age = now.millis().saturating_sub(timestamp.saturating_mul(1_000)).saturating_abs();
    let nonce = fields.get("nonce").filter(|nonce| !nonce.is_empty() && nonce.len() <= MAX_NONCE_BYTES);
    let nonce = nonce.ok_or_else(bad_signature)?;
    if age > REPLAY_WINDOW_MS {
        let seconds = age / 1_000;
        return Err(replayed(format!("the timestamp is {seconds} seconds away from our clock; at most 300 are taken")));
    }
    if !nonces.is_new(token, nonce, now) {
        return Err(replayed("the nonce was used before: each call needs one of its own".to_owned()));
    }
    Ok(())
}

/// The signature of `fields` with the token whose digest is `sha256`, in hex. For senders written in Rust, and tests.
pub fn sign(sha256: &[u8; 32], request: &EdgeRequest<'_>, fields: &Fields) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(sha256).expect("HMAC takes a key of any length");
    mac.update(&message(request, fields));
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn mac_of(token: &TokenRoute, message: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(&token.sha256).expect("HMAC takes a key of any length");
    mac.update(message);
    mac
}

fn message(request: &EdgeRequest<'_>, fields: &Fields) -> Vec<u8> {
    let mut text = format!("{}\n{}\n", request.method, request.path);
    let signed = fields.iter().filter(|(name, _)| !matches!(*name, "signature" | "timestamp" | "nonce"));
    for (at, (name, value)) in signed.enumerate() {
        if at > 0 {
            text.push('&');
        }
        encode(&mut text, name);
        text.push('=');
        encode(&mut text, value);
    }
    let of = |name| fields.get(name).unwrap_or("");
    text.push_str(&format!("\n{}\n{}", of("timestamp"), of("nonce")));
    text.into_bytes()
}

fn key_id_of(token: &TokenRoute) -> String {
    token.sha256.iter().map(|byte| format!("{byte:02x}")).collect::<String>()[..KEY_ID_DIGITS].to_owned()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    (0..32).map(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()).collect()
}

fn replayed(message: String) -> Refusal {
    Refusal::new(RefusalCode::Replayed, message)
}

fn bad_signature() -> Refusal {
    Refusal::new(
        RefusalCode::BadSignature,
        "signature, timestamp and nonce do not fit; see the manual for the five lines",
    )
}
