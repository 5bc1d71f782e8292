//! What partners dispute: a conversion that is missing, rejected or wrongly priced.
//!
//! A partner says what it expected, with proof; both sides write a few messages; staff decides on the facts, within the days
//! that the workspace promises. What is upheld is put right through the doors that there are: a rejected conversion is
//! reinstated, a missing one is reported like any other, a wrong price is made up for by an adjustment. No clock of a disputed
//! conversion runs meanwhile.
//!
//! Invariants: a conversion has one open dispute at most; a dispute is decided once, and what it brings is booked once,
//! whatever crashes between; the book is moved by the other features alone.

pub mod api;
pub mod decide;
pub mod entity;
pub mod missing;
pub mod open;
pub mod related;
pub mod rules;
pub mod schema;
pub mod shapes;
pub mod store;
pub mod terms;
pub mod thread;
