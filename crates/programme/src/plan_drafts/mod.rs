//! Drafts of plans: written as rules, as a rate card or as a text, looked over, tried, and switched on from a moment.
//!
//! A draft holds both plans of one offer. [`write`] is where rules come in, [`ground`] what a workspace knows when they are
//! judged, [`trial`] prices a made-up sale. Invariants: a draft never prices anything; switching on writes new versions and
//! never edits one; a draft that was made of older versions than the newest is refused, so that nobody's change is undone.

pub mod api;
pub mod entity;
pub mod ground;
pub mod schema;
pub mod store;
pub mod trial;
mod units;
pub mod write;
