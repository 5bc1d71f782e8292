//! Papers that partners hand in: files, sealed in the records, kept apart from the rows that speak of them.
//!
//! Invariants: a file is a PDF (or, where its feature takes them, a PNG, JPG or XML) of at most 5 MiB; it lies sealed and is
//! never changed; whose it is, the row that it belongs to says, and that row alone is asked who may read it.

pub mod entity;
pub mod kinds;
pub mod pdf;
pub mod schema;
pub mod store;
pub mod upload;
