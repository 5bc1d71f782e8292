//! Advertisers' bills: what they pay in advance or on credit, what they are invoiced, what they owe and since when.
//!
//! An account is an advertiser's terms in one currency: prepaid, or on credit up to a limit. Its balance is the book's; what
//! is left to spend is a cap like any other ([`crate::caps::balance`]), so that the deciding transaction itself stops at
//! nought and clicks take the fallback. An invoice takes what the book charged before a moment and no invoice holds yet:
//! what changes later is a correction on the next one. Fees of subscriptions stand on it beside conversions. Payments settle invoices, the oldest first. Where the terms say so,
//! partners are paid for a conversion only once its invoice is paid, or by exception in advance.
//!
//! Invariants: every movement of money is one entry of the book; nothing stands on two living invoices; numbers of a series
//! have no gap, for one is taken in the transaction that issues; what was issued is never deleted, a credit note undoes it;
//! what invoices are settled with is never more than what was paid.

pub mod accounts;
pub mod advances;
pub mod api;
pub mod draw;
pub mod entity;
pub mod fees;
pub mod invoices;
pub mod invoices_api;
pub mod letters;
pub mod listed;
pub mod payments;
pub mod payments_api;
pub mod receivables;
pub mod rules;
pub mod schema;
pub mod settle;
pub mod uncollected;
pub mod watch;
