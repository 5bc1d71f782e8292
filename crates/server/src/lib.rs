//! The binary's parts: configuration, composition, command line.
//!
//! Invariant: nothing here decides anything about clicks, conversions or money; it puts the parts together.

pub mod admin;
pub mod attribution;
pub mod backup;
pub mod check;
pub mod cli;
pub mod config;
pub mod control;
pub mod data_folder;
pub mod demo;
pub mod explain;
pub mod health;
pub mod platform;
pub mod replay;
pub mod serve;
pub mod verify_book;
pub mod verify_plans;
pub mod web;

pub use config::Config;
pub use platform::{Platform, Surroundings};
pub use serve::Running;

/// Batches of rows and facts are many small pieces that live for milliseconds: docs/decisions/0010-allocator-and-bulk-rows.md
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
