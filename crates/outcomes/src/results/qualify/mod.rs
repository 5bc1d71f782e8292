//! Qualification: a goal that follows from what a customer does in a window after it was won.
//!
//! [`define`] says what a goal asks for, [`watch`] follows each customer and reports the goal once all of it is met,
//! through the door that every sender uses. Exactly once: the receipt's id is drawn when the goal is met.

pub mod api;
pub mod define;
pub mod entity;
pub mod model;
pub mod rules;
pub mod schema;
pub mod store;
pub mod watch;
