//! The tenant: its time zone, currency, tokens and fallback.
//!
//! A workspace fixes `timezone` (holds, locks, plan periods and payouts run on local days) and `reporting_currency`.

pub mod api;
pub mod create;
pub mod model;
pub mod schema;
pub mod setup;
pub mod store;

pub use create::{NewWorkspace, create};
