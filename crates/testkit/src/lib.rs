//! `World`: a whole running platform in a temporary folder, spoken to over real HTTP, with a clock that the test moves.
//!
//! Records are SQLite, or PostgreSQL where `TRIBUTARY_RECORDS_URL` names a server (each world makes a database of its own
//! there). When a world ends it checks by itself that no due job is left, that no mail went out that the story did not
//! read, that the book balances, and that every decision is taken again as it was.

mod caller;
mod database;
pub mod feed;
mod node;
mod world;

pub use caller::{Caller, Reply};
pub use node::{Node, serve_if_ordered};
pub use world::{Programme, World, WorldOptions, click_id_of, text};
