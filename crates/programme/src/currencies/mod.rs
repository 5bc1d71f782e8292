//! Currencies beyond one: units that a workspace registered, and what a currency was worth on a day.
//!
//! A currency is an ISO 4217 one, or a unit such as USDT that the workspace has registered. Points and other rewards that
//! are not money are no currency. Reference rates are kept by day with their source: the European Central Bank's file, or
//! a person. Each says what one unit was worth in euro, as a fraction; any two currencies meet there. A day without a rate
//! (a weekend) takes the last one of the seven days before it.
//!
//! Invariants: a rate that an amount was converted by is kept with the amount and never looked up again; a rate that
//! changes later changes nothing that was converted.

pub mod api;
pub mod change;
pub mod csv;
pub mod entity;
pub mod rules;
pub mod schema;
pub mod store;
