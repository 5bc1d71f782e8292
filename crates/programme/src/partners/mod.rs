//! Those who bring people: a partner is a row of one workspace and may have many users, its team.
//!
//! Invariants: only an active partner's links carry traffic; payout details lie sealed.

pub mod account_changes;
pub mod api;
pub mod create;
pub mod model;
pub mod note;
pub mod notes;
mod payee_account;
pub mod payee_accounts;
pub mod payout_details;
pub mod recruiter;
pub mod schema;
pub mod store;
pub mod team;
pub mod team_member;
pub mod update;
