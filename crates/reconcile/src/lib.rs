//! Reconciliation, the pure part: an advertiser's figures of a period are read, paired with ours and classed.
//!
//! [`table`] takes a file apart, [`mapping`] says what its columns, words, dates and amounts mean (data, kept per
//! advertiser), [`figures`] reads its rows, [`pairs`] finds which belong together, [`difference`] classes each and names
//! the likely cause; [`totals`] compares cell by cell where they send only totals.
//!
//! Invariants: each row of theirs, and each of ours within the period, lands in exactly one class; the sums of the
//! classes are the sums of the rows; a file is read whole or refused whole, with the numbers of its bad rows; no I/O, no
//! clock.

pub mod amount;
pub mod date;
pub mod difference;
pub mod figures;
pub mod mapping;
pub mod pairs;
pub mod table;
pub mod totals;

#[cfg(test)]
mod month;
#[cfg(test)]
mod properties;

pub use difference::{Cause, Class, Difference, compare};
pub use figures::{Ours, Period, Standing, Theirs};
pub use mapping::Mapping;
pub use table::{BadRow, FileError, Table};
