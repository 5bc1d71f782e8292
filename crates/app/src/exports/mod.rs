//! Raw rows as files: clicks, receipts and conversions, written by a job in pages, kept for some days.
//!
//! Invariants: whoever asked gets the rows and columns that its lists show, judged anew at each turn of the job; a turn
//! that crashed goes on where the last page was kept; memory holds one page; a text of a stranger is no formula.

pub mod api;
mod body;
mod files;
pub mod model;
mod rows;
pub mod schema;
mod store;
pub mod write;
