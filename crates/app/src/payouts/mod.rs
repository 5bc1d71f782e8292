//! What is owed is paid: balances, batches, files, results.
//!
//! A batch takes what is payable in one currency and by one method: debt is taken off first, the rest goes in transit, and
//! the list of payouts is frozen by hash. Each payout is then paid or failed once; a failed amount is payable again.
//!
//! Invariants: amounts come from the book and nowhere else; a file is given only while the frozen list still has its hash;
//! a commission is carried by at most one payout that has not failed.

pub mod api;
mod create;
pub mod due;
pub mod entity;
pub mod rules;
pub mod schema;
mod settle;
pub mod store;
pub mod upcoming;
pub mod withheld;
