//! An advertiser's figures of a period beside ours: compared, decided, closed, invoiced.
//!
//! A file is read by the mapping that was agreed with its advertiser, in its time zone and by its dates, and each row is
//! paired with ours by the crate `reconcile`: matched, only ours, only theirs, or differing, with the likely cause. People
//! decide by group or by row: take theirs, keep ours, leave it to the next period, make a conversion of what we never
//! received. What is taken moves conversions by their own door, so that the book balances. Once all is decided the period is closed: its act is frozen with a hash, and its
//! invoice is drawn from the same figures in the same transaction.
//!
//! Invariants: a file is taken whole or refused whole; a decision is carried out once, whatever crashes between; the act
//! of a closed period never changes and is, to the minor unit, what its invoices come to; what changes later is a
//! correction on the act of the next period.

pub mod act;
pub mod agreed;
pub mod api;
pub mod begin;
pub mod close;
pub mod compare;
pub mod decide;
pub mod entity;
pub mod lines;
pub mod lines_api;
pub mod listed;
pub mod make;
pub mod model;
pub mod ours;
pub mod preview;
pub mod rules;
pub mod schema;
pub mod shapes;
pub mod take;
pub mod totals;
