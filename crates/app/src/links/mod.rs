//! Tracking links: partner × offer × landing page, under a slug, with a declared traffic type.
//!
//! Invariants: a slug is unique in the installation; a link is made only where the partner is enrolled; a change is
//! answered only after the local edge sees it.

pub mod model;
pub mod schema;
