//! `World`: a whole running platform in a temporary folder, spoken to over real HTTP, with a clock that the test moves.
//!
//! Records are SQLite, or PostgreSQL where `TRIBUTARY_RECORDS_URL` names a server (each world makes a database of its own
//! there). When a world ends it checks by itself that no due job is left, that no mail went out that the story did not
//! read, that the book balances, that every decision is taken again as it was, and that
//! what the audit log remembers has names on screen.

mod caller;
mod database;
pub mod feed;
mod node;
mod remembered;
mod world;

use std::env;

pub use caller::{Caller, Reply};
pub use node::{Node, serve_if_ordered};
pub use world::{Programme, World, WorldOptions, click_id_of, text};

/// The seed of random stories: of the environment's variable, to play those of a failure again, or a new one.
pub fn seed(variable: &str) -> u64 {
    env::var(variable).map_or_else(|_| drawn(), |seed| seed.parse().expect("a number"))
}

fn drawn() -> u64 {
    let mut bytes = [0; 8];
    kernel::Chance::fill(&kernel::ambient::SystemChance, &mut bytes);
    u64::from_be_bytes(bytes)
}
