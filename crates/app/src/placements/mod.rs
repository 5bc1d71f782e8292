//! What a partner does once for a fee of its own: an agreed post, newsletter slot, stream or review.
//!
//! It is agreed for a day, proven by the partner or a manager, and accepted by whoever pays: only then is its fee an
//! entry of the book, payable with the next payout. Above the workspace's limit it takes a second person. A product
//! sample may stand in the place of the fee or beside it; what it cost us is ours alone to know.
//!
//! Invariants: a fee is booked at most once, by its own entry; cancelling an accepted placement takes the fee back by
//! another entry; what waits for a second person looks proven to the partner.

pub mod agree;
pub mod api;
pub mod decide;
pub mod model;
pub mod rules;
pub mod schema;
