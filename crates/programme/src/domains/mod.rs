//! Tracking domains: the Host of an edge request decides its tenant.
//!
//! Invariant: a host belongs to one workspace, or to one partner of it.

pub mod api;
pub mod change;
pub mod dialects;
pub mod imported;
pub mod model;
pub mod rules;
pub mod schema;
pub mod store;
pub mod tokens_api;
