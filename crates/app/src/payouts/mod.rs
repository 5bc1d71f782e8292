//! What is owed is paid: balances, batches, files, results.
//!
//! A batch takes what is payable in one currency and by one method: debt is taken off first, the rest goes in transit, and
//! the list of payouts is frozen by hash, with the account that each goes to and the one it comes from. What its bank or
//! service would refuse is refused before. Above the workspace's limit a second person agrees; then the batch is sent, as a
//! file by hand or through PayPal. Each payout is then paid or failed once; a failed amount is payable again.
//!
//! Invariants: amounts come from the book and nowhere else; a file is given only while the frozen list still has its hash;
//! a commission is carried by at most one payout that has not failed (the first of those that what is due is divided into); a batch is sent under one key for ever.

mod account;
pub mod api;
pub mod approve;
mod create;
pub mod draw;
pub mod due;
pub mod early;
pub mod entity;
mod files;
mod frozen;
pub mod owed;
pub mod payers;
pub mod rules;
pub mod schedules;
pub mod schema;
mod send;
mod settle;
pub mod split;
pub mod store;
mod taken;
pub mod terms;
pub mod through_paypal;
pub mod to_invoice;
pub mod upcoming;
pub mod wanted;
pub mod withheld;
