//! What clicks and views earn: counted per day, link and rule from the event store, and posted to the book once a day.
//!
//! Invariants: a click earns once, in the posting of its day or, where it came in late, in a later one; whole minor units
//! are posted and the rest is carried, so that a rate of 0.0035 loses nothing; a posting, its rows and its entry are
//! written in one transaction.

pub mod api;
pub mod entity;
pub mod lock;
pub mod post;
pub mod rules;
pub mod schema;
pub mod store;
