//! Coupons, and to whom a customer belongs: how a conversion without a click finds its partner.
//!
//! [`store::Codes`] and [`rules`] serve the decider: what a code and a customer speak for, and what the offer's rules make
//! of it. [`change`] and [`api`] are the doors for people.
//!
//! Invariants: a code is unique within its advertiser whatever its case; a code on the leak list names nobody; a guess
//! names nobody either: coupons and customers count only from senders who speak for the advertiser.

pub mod api;
pub mod change;
pub mod entity;
pub mod model;
pub mod rules;
pub mod schema;
pub mod store;
