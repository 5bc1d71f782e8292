//! How the workspace, its partners and its advertisers stand on papers: name, address, tax numbers.
//!
//! A partner may write its own, but nobody is billed or paid on them before staff has looked.
//!
//! Invariants: each change is in the audit log; what a partner writes is unconfirmed until staff writes it.

pub mod api;
pub mod entity;
pub mod schema;
pub mod store;
