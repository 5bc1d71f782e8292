//! What is told to others: partners' postbacks, server events with a partner's own key, and the workspace's webhooks.
//!
//! [`plan`] reads the outbox behind a cursor and makes one delivery per setting and move; [`clicks`] follows the clicks
//! that are shipped, for partners who asked for them, and [`happenings`] the audit log and the counters of caps, for
//! webhooks, whose form each is in [`told`]; [`courier`] sends what is due,
//! a few at a time per host; [`record`] writes down each try, when the next one is due, and pauses what keeps failing.
//! [`change`] and [`api`] are the doors for people: settings, the log of tries, replay and a test.
//!
//! Invariants: nothing is sent before the move is committed; a delivery exists once per (setting, move or other cause) and its id is the
//! idempotency key of every try; test conversions are told to nobody; addresses are judged when they are set and looked at
//! again when they are connected to; keys and addresses lie sealed; the log shows no secret, and partner and manager read
//! the same.

pub mod api;
pub mod change;
mod clicks;
pub mod compose;
pub mod courier;
mod due;
pub mod entity;
mod happenings;
pub mod model;
pub mod notice;
mod plan;
mod record;
mod redaction;
pub mod replay;
pub mod retention;
pub mod rules;
pub mod schema;
pub mod signature;
pub mod store;
pub mod target;
pub mod told;
pub mod trial;
mod visitors;

pub use courier::Courier;
