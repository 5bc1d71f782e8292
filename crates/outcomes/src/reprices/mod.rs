//! A past window priced anew by other rules: one person proposes it with what it changes, another confirms, a job does it.
//!
//! Invariants: nobody confirms what they proposed; each conversion is priced anew once, with the place reached kept in the
//! transaction that does it; transactions are short, so that conversions are decided meanwhile; what was locked or paid
//! already is put right by entries and debts, as with any other reprice; every partner whose earnings changed is told.

pub mod api;
pub mod carry_out;
pub mod model;
pub mod notice;
pub mod partner;
pub mod schema;
mod store;
