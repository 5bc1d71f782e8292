//! What a partner is given or asked back beside commissions: bonuses, corrections, clawbacks.
//!
//! Each has a reason in plain words, which the partner reads too, and is one entry of the book. Above the workspace's limit
//! it waits for a second person: whoever asked does not approve it. Small ones add up: what one person gives one partner
//! in a day counts together.
//!
//! Invariants: an adjustment is booked at most once, by its own entry; one that is refused leaves no trace in the book.

pub mod alone;
pub mod api;
pub mod decide;
pub mod entity;
pub mod rules;
pub mod schema;
