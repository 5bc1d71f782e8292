//! What is told: reports over facts, their dictionary, their export, and the dashboard.
//!
//! A report is a question as data ([`events::question`]) asked on behalf of an actor: [`rules`] says what each role may
//! see, [`labels`] gives names to the ids of the answer.
//!
//! Invariants: a partner sees its own rows and nothing of what advertisers pay, an advertiser its own rows and nothing
//! of what partners earn, and neither what the programme costs; what a role may not see is unknown to it; no report reads another workspace's rows or names.

pub mod api;
mod asking;
mod attribution;
mod changes;
mod costs;
mod csv;
mod dashboard;
mod labels;
mod rules;

pub use asking::{ask_at_leisure, asker_of_workspace};
pub use rules::clicks_asked;
