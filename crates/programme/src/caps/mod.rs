//! Caps: how much of something is taken in a period, and what happens beyond it.
//!
//! [`sheet`] holds the caps and counters that one transaction of `conversions` touches: it judges, takes room and gives it
//! back, in the deciding transaction. [`change`] and [`api`] are the doors for people, [`alerts`] tells the manager early,
//! [`edge_counts`] and [`watch`] follow the clicks and views that the edge counts itself, [`count`] counts anew what stands in the records.
//!
//! Invariants: a counter is the sum of what every conversion now takes, so room that is given back can be taken again;
//! counters move only in a transaction that holds the workspace; what a cap refused or set aside takes no room.

pub mod alerts;
pub mod api;
pub mod balance;
pub mod change;
pub mod count;
pub mod edge_counts;
pub mod entity;
pub mod model;
pub mod requests;
pub mod requests_api;
pub mod rules;
pub mod schema;
pub mod sheet;
pub mod store;
pub mod terms_in;
pub mod watch;

pub use rules::subject::{Stand, Subject};
