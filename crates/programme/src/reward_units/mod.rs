//! Units of rewards that are not money: credit and points of a workspace, each with its own decimals.
//!
//! A plan's rule may give so many of a unit beside what it pays. Invariants: the code of a unit is no currency's, and
//! neither the code nor the decimals ever change, so that what was given keeps its meaning; no amount of money is kept in one.

pub mod api;
pub mod change;
pub mod model;
pub mod rules;
pub mod schema;
pub mod store;
