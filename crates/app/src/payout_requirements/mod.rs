//! What has to be on file before a partner is paid: a tax form, billing details; and who writes the invoices.
//!
//! A workspace demands nothing until its owner says so; of one partner more may be demanded. Whoever lacks something is
//! left out of batches, by name, and what is payable to it stays payable.
//!
//! Invariants: nothing is asked of a partner that neither the workspace nor its own row names; each change is in the audit
//! log.

pub mod api;
pub mod entity;
pub mod hold;
pub mod rules;
pub mod schema;
pub mod standing;
pub mod store;
