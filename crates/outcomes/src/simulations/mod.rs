//! A plan tried on what happened, before it is switched on.
//!
//! [`rows`] reads an offer's conversions in the order of decision, in ranges of their ids; [`rules`] prices each with the
//! plan in force and with the draft, and adds up; [`run`] keeps the answer; [`drafts`] tries a draft as it stands and switches
//! it on with what was found; [`in_force`] tries every plan in force on all that happened.
//!
//! Invariants: trying changes nothing that is owed; the plan in force, tried without a draft, comes to what stands, to the
//! minor unit, and what differs is listed with why; what tiers and limits count is counted within the simulation.

pub mod api;
mod csv;
pub mod drafts;
pub mod in_force;
pub mod model;
pub mod rows;
pub mod rules;
pub mod run;
pub mod schema;
pub mod store;
