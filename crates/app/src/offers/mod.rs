//! What partners promote: goals, landing pages, terms, traffic rules, and who is enrolled.
//!
//! Invariants: an offer has exactly one primary goal; a visitor is sent only to its allowed hosts; an offer and a partner
//! share at most one enrollment.

pub mod entity;
pub mod schema;
pub mod terms;
