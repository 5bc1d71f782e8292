//! Smart links: one address of a partner over many offers.
//!
//! Each member is an offer under a tracking link of its own, so that reports, targeting, caps, duplicates and conversions
//! know it as any other click. The edge chooses among the members that would let the visitor through, by weights, by
//! priorities, or by shares that were learned from profit per click ([`bandit`]). What is learned is worked out anew from
//! facts by a job ([`learn`]) and shipped as shares, so that the chance written down with each click is the chance it was
//! chosen with, and [`replay`] can judge another way of choosing by the same clicks.
//!
//! Invariants: a member keeps its number, and with it what it learned, for ever; what is learned of one offer depends on
//! its own facts alone; no member that may be chosen is without a chance.

pub mod api;
pub mod bandit;
pub mod change;
pub mod learn;
pub mod link;
pub mod member;
pub mod replay;
pub mod replay_api;
pub mod rules;
pub mod schema;
pub mod shape;
#[cfg(test)]
mod simulation;
pub mod store;
pub mod try_api;
