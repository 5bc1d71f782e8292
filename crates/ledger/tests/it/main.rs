//! The book from outside: tables that an accountant can read, random histories, refusals, reading, tampering.
//!
//! Every test runs on SQLite in memory, and on PostgreSQL too when `TRIBUTARY_RECORDS_URL` names one.

#![deny(clippy::float_arithmetic)]
#![expect(clippy::unwrap_used, reason = "a failing test may panic")]

mod book;
mod histories;
mod model;
mod reading;
mod rebuilding;
mod refusals;
mod tables;
mod tampering;
mod words;
