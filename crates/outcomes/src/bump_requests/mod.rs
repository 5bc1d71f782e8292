//! A partner asks for a rate of its own; a manager sees what it would cost, accepts it, counters or declines.
//!
//! Invariants: an accepted rate is a private rule of the plan, from now on and to its last day where it has one; after that
//! day the partner has what it had before; what others earn is shown to nobody.

pub mod api;
mod figures;
pub mod model;
mod requests;
pub mod schema;
