//! What a programme costs beside what partners earn: fees, ads, salaries, tools.
//!
//! A cost is of a day or of a whole month, in a category, and may belong to a partner, an offer or an advertiser. It is
//! typed in or loaded from a file. Reports add it to what partners were given.
//!
//! Invariants: a cost is never edited or deleted. A change takes its place by a cost of its own, and what is taken out
//! stays with who did so and why, so that a report as of an earlier moment is the report of that moment.

pub mod api;
pub mod change;
pub mod file;
pub mod model;
pub mod rules;
pub mod schema;
pub mod store;
