//! Whether the numbers that people see are what the book's entries say.
//!
//! [`proof`] replays a workspace's journal and compares with it every number that is kept beside it: balances, what
//! commissions and conversions are worth, payouts, batches, adjustments, placements. It runs from the command line, nightly as a job
//! that tells the owners of a difference, and at the end of every story.
//!
//! Invariant: proving reads only.

pub mod api;
pub mod entity;
pub mod nightly;
pub mod proof;
pub mod rules;
pub mod schema;
