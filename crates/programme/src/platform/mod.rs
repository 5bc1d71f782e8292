//! The small floor that every feature stands on. It knows no business words.
//!
//! Invariants: a write goes through [`records::WriteTransaction`]; whatever must happen after a commit is an outbox row
//! or a job of the same transaction; an error that leaves a handler is a [`problem::Problem`].

pub mod addresses;
pub mod audit_trail;
pub mod body;
pub mod bulk;
pub mod columns;
pub mod external_refs;
pub mod faults;
pub mod folding;
pub mod idempotency;
pub mod jobs;
pub mod kept;
pub mod labels;
pub mod listing;
pub mod outbox;
pub mod planner;
pub mod problem;
pub mod rate_limit;
pub mod records;
pub mod schema;
pub mod secrets;
pub mod spreadsheet;
pub mod statistics;

pub use body::Body;
pub use faults::FaultsOfEach;
pub use kept::Kept;
pub use problem::{Answer, Problem};
pub use records::{Records, WriteTransaction};
