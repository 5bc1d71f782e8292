//! What managers get for the partners they are responsible for: a sum a month, a sum for each conversion, or a percentage of
//! earnings, revenue or profit, booked or collected.
//!
//! A plan counts from a month on, until another of the same manager does. Once a month is over it is closed: each manager's
//! statement is worked out and frozen with its figures and its formula.
//!
//! Invariants: a manager has at most one statement a month, and it never changes; nothing of it is in the book or in an
//! account of a partner. Reports count it among other costs.

pub mod api;
pub mod close;
pub mod figures;
pub mod model;
pub mod plans;
pub mod rules;
pub mod schema;
