//! Files that pay, the pure part: what a bank or a payment service takes in, written so that it is taken in.
//!
//! [`account`] checks IBANs and BICs, [`wallet`] addresses and transaction ids of TRON and Ethereum, [`characters`] says
//! any European name in the letters that SEPA carries, [`sepa`] writes credit transfers as pain.001, [`batch`] the CSV files
//! of Wise and Capitalist, and a plain one for everybody else.
//!
//! Invariants: a batch is checked whole, every fault named by payment and field, before its first byte is written; amounts
//! are whole minor units, so counts and sums are exact; the same batch gives the same bytes; no I/O of its own, no clock.

pub mod account;
pub mod batch;
pub mod characters;
pub mod sepa;
pub mod wallet;
mod wrong;

pub use account::{Bic, Iban};
pub use wrong::{Place, Why, Wrong, refusal};
