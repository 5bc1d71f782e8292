//! Conversions told to advertising platforms with the advertiser's own key: what is asked of each, and what its answer
//! means. The requests go through [`outgoing`](crate::outgoing), whose fake stands for the platforms in tests.

pub mod google_ads;
pub mod meta;
pub mod tiktok;

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

/// Whether a conversion is told of, or something told before has changed, for a platform that knows the difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdChange {
    Made,
    Retracted,
    /// It has another value.
    Restated,
}

/// A conversion as an advertising platform hears of it.
#[derive(Clone, Debug, PartialEq)]
pub struct AdEvent {
    pub change: AdChange,
    /// The platform's name of the event, such as `Purchase`.
    pub name: String,
    /// The same for every try, so that the platform counts it once.
    pub id: String,
    /// Milliseconds since 1970: when it happened.
    pub at_ms: i64,
    /// Milliseconds since 1970: when the advertisement was clicked.
    pub click_at_ms: i64,
    /// The platform's own click id.
    pub ad_click_id: String,
    /// Something that stays with the visitor, sent hashed.
    pub external_id: String,
    /// ISO 3166 alpha-2, or empty.
    pub country: String,
    /// A decimal number.
    pub value: String,
    /// ISO 4217.
    pub currency: String,
    pub order_id: String,
    /// Sent to be looked at, not to be counted.
    pub is_test: bool,
}

/// A platform's refusal in its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub String);

/// SHA-256 in hexadecimal of a normalised text, as the platforms want personal data.
fn hashed(text: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(text.trim().to_lowercase().as_bytes()))
}

/// A decimal number as JSON.
fn number(text: &str) -> serde_json::Value {
    serde_json::from_str::<serde_json::Number>(text).map_or_else(|_| 0.into(), serde_json::Value::Number)
}
