//! The payday board: what of a month is done, what waits and what is blocked, from the advertisers' figures to the bank's
//! answer.
//!
//! A month's figures are those of its conversions; its money leaves in the month that follows, which is its payday. What has
//! no month, as who is owed and what partners dispute, stands on the board whose payday it is now.
//!
//! Invariants: nothing is changed here; each number is what the list that it leads to holds, for both ask by the same
//! filter; the board asks a fixed number of questions, and a few for each currency.

pub mod api;
pub mod board;
pub mod figures;
pub mod model;
pub mod money;
pub mod rules;
pub mod tally;
