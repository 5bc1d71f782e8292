//! Moving in: exports of another platform become offers, partners, links, clicks, customers, conversions and opening
//! balances here.
//!
//! A file is uploaded and kept as it is; a mapping says which of its columns means what. A check reads every row and says
//! what would be made, what is here already and what was not understood, and changes nothing. The run does it, in batches:
//! the rows of a batch, what they made and the place in the file are one transaction, so that a crash between two batches
//! costs nothing and doubles nothing. Invariant: within a workspace a row of a system is imported once, by its kind and its
//! id there; what stands under that id already is left as it is.

pub mod api;
mod begin;
mod checks;
mod directory;
pub mod entity;
mod file;
mod findings;
mod jobs;
pub mod model;
mod platforms;
mod rules;
pub mod schema;
mod start;
mod store;
mod take;
mod undo;
mod upload;

pub use jobs::{CONTINUE_IMPORT, FORGET_OLD_CLICKS, UNDO_IMPORT, continue_import, forget_old_clicks};
pub use undo::run as undo_import;
