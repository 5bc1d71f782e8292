//! The hot path: redirects, view pixels, postbacks, conversion pixels and the first-party tag.
//!
//! Everything a visitor's request needs lies in memory (`routes`) or in the journal of `events`. Invariants: nothing here
//! can reach the records database; a click is written to the journal before the visitor is sent on; a redirect goes only
//! to hosts that the offer, the partner's verified trafficback or the workspace allows; nothing a visitor sends can make
//! a door panic or answer 5xx.

pub mod again;
pub mod click_id;
mod counters;
pub mod dialect;
mod edge;
mod facts;
mod lane;
pub mod network;
pub mod params;
pub mod receipt;
pub mod redirect;
pub mod request;
mod response;
pub mod routes;
pub mod server;
pub mod targeting;
pub mod template;
mod through;
pub mod trial;

pub use click_id::{ClickIdMint, ClickKeys};
pub use counters::EdgeCounters;
pub use edge::{Edge, EdgeOptions};
pub use receipt::{ReceiptAnswer, ReceiptDoor};
pub use request::EdgeRequest;
pub use response::EdgeResponse;
pub use routes::{RouteChange, RouteTable, Routes};
pub use server::{Server, ServerOptions};
pub use trial::Trier;
