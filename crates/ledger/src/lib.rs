//! The double-entry book: the one small door for all money.
//!
//! [`entries`] writes down what happened as pure values, [`post`] appends them to a workspace's chain, [`balance`] and
//! [`statement`] read, [`verify()`] proves the whole book again from its first entry.
//!
//! Invariants: debits equal credits per currency in every entry. No entry is ever changed or removed; a correction is
//! another entry. Every entry carries the hash of the one before it in its workspace. What a partner is owed never
//! falls below nought: what is taken beyond it is a debt. Amounts are whole minor units, sums are checked, nothing
//! here floats. No other crate names a `book_` table. The book holds ids and codes, no personal data.

#![deny(clippy::float_arithmetic)]

mod account;
pub mod balance;
mod chain;
pub mod charges;
mod codes;
pub mod entries;
mod entry;
mod error;
pub mod journal;
mod rebuild;
mod rows;
mod schema;
mod sql;
pub mod statement;
mod store;
mod totals;
pub mod verify;
mod worth;

pub use account::{Account, Owner, Side};
pub use balance::{
    AdvertiserBalance, PartnerBalance, Payable, Standing, advertiser_balance, advertiser_balances, partner_balance,
    partner_balances, payable_by_partner, standings,
};
pub use chain::ChainHead;
pub use charges::{CHARGES_MAX, Charge, charges};
pub use entries::{BesideEarning, Earning, Opening, Stage, Stamp, Transfer};
pub use entry::{Cause, Entry, EntryKind, Posting};
pub use error::BookError;
pub use journal::{AccountTotal, ChainedEntry, JournalQuestion, account_totals, chained_entry, journal};
pub use rebuild::rebuild;
pub use schema::migration;
pub use statement::{
    BookedEntry, OWED_MAX, OwedChange, StatementLine, entries_for_conversion, entries_for_payout, owed_before,
    owed_between, statement,
};
pub use store::post;
pub use verify::{Difference, VerifyReport, snapshot, verify, verify_snapshot, verify_workspace};
pub use worth::{Part, conversions_in_book, parts_of_conversions, parts_of_entries, parts_of_notes, parts_of_payouts};
