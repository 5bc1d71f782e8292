//! Tracking links: partner × offer × landing page, under a slug, with a declared traffic type.
//!
//! Invariants: a slug is unique in the installation; a link is made only where the partner is enrolled; a change is
//! answered only after the local edge sees it ([`feed`]).

pub mod api;
pub mod change;
pub mod checks;
pub mod domains_api;
pub mod feed;
pub mod model;
pub mod past_route;
pub mod schema;
mod slug;
pub mod smart;
pub mod store;
pub mod swap;
pub mod trial;
pub mod url;
