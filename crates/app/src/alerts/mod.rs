//! What somebody should look at: rules over metrics and states, and what they found.
//!
//! Every few minutes a job looks ([`look`], [`states`]) on behalf of each rule; [`rules`] and [`usual`] judge what was found, and
//! [`follow`] keeps it: an alert is opened once for a rule and a subject and stays until nothing is found any more
//! (`recovered`) or a person says what was done (`resolved`).
//!
//! Invariants: what stands is told once, not at each look; what a person resolved is not opened again before it was
//! gone; a rule that cannot be asked any more says why and is left out, and keeps no other from being looked after.

pub mod api;
pub mod built_in;
pub mod change;
pub mod entity;
pub mod follow;
pub mod handle;
mod letters;
mod look;
mod names;
mod rules;
pub mod schema;
mod settle;
mod states;
mod store;
mod usual;
pub mod watch;
