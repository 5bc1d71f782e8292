//! What partners promote: goals, landing pages, terms, traffic rules, and who is enrolled.
//!
//! Invariants: an offer has exactly one primary goal; a visitor is sent only to its allowed hosts; an offer and a partner
//! share at most one enrollment; a partner sees an offer that is public or by approval, or on which it is enrolled, and
//! never what the advertiser is charged.

pub mod api;
pub mod change;
pub mod clocks;
pub mod create;
pub mod enrollments;
pub mod entity;
pub mod goals;
pub mod landings;
pub mod margin;
pub mod private_rates;
pub mod rates;
pub mod rules;
pub mod schema;
pub mod store;
pub mod targeting;
pub mod terms;
pub mod terms_in;
pub mod view;
