//! Report questions as data: words in, one statement of SQL, numbers out.
//!
//! [`asked`] is the wire form, [`read`] believes or refuses it, [`sql`] writes the statement from parts, [`run`] asks
//! it. [`metrics`], [`measures`] and [`dimensions`] are the dictionaries, one page each.
//!
//! Invariants: a question names its tenant, and row limits are part of it; no text of the asker becomes text of the
//! statement (names are looked up, values are bound); ratios divide sums, so a total is right for any rows; amounts of
//! different currencies are never added.

pub mod asked;
pub mod costs;
pub mod dimensions;
pub(crate) mod keys;
pub mod measures;
pub mod metrics;
pub mod period;
pub mod read;
pub mod run;
mod sql;
#[cfg(test)]
mod tests;

pub use asked::Asked;
pub use dimensions::{DIMENSIONS, Dimension};
pub use keys::Keys;
pub use metrics::{METRICS, Metric, Unit};
pub use read::{Asker, Question, RowLimits};
pub use run::{Answer, Cell, ask, ask_at_leisure};
