//! Those who own offers: the product owner's own brand, or the clients of an agency or network.
//!
//! An advertiser says how its words for a conversion's fate translate into ours (the status map), and how well a sender
//! of receipts must prove itself. Its tokens and signing keys lie as SHA-256, and sealed so that settings can show them
//! again; two of a kind live side by side, so that a change of them leaves no gap.

pub mod api;
pub mod create;
pub mod key;
pub mod keys;
pub mod keys_api;
pub mod managers;
pub mod model;
pub mod proof;
pub mod schema;
pub mod status_map;
pub mod store;
pub mod update;
