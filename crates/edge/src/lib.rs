//! The hot path: redirects, view pixels, postbacks, conversion pixels and the first-party tag.
//!
//! Everything a visitor's request needs lies in memory (`routes`) or in the journal of `events`. Invariants: nothing here
//! can reach the records database; a click is written to the journal before the visitor is sent on; a redirect goes only
//! to hosts that the offer, the partner's verified trafficback or the workspace allows; nothing a visitor sends can make
//! a door panic or answer 5xx.

pub mod click_id;
pub mod routes;
pub mod template;

pub use click_id::{ClickIdMint, ClickKeys};
pub use routes::{RouteChange, RouteTable, Routes};
