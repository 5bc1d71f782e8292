//! Those who bring people: a partner is a row of one workspace and may have many users, its team.
//!
//! Invariants: only an active partner's links carry traffic; payout details lie sealed.

pub mod model;
pub mod schema;
pub mod team_member;
