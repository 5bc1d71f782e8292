//! What a conversion earns and what it is charged: versioned rules as data.
//!
//! An offer has two plans of one form: earnings (the partner's) and revenue (the advertiser's). Invariants: a version is
//! never edited; a conversion is priced by the version in force at its event time; precedence is most specific
//! conditions first, then priority, then newest.

pub mod accruing;
pub mod api;
pub mod bonusing;
pub mod change;
pub mod model;
pub mod recruiting;
pub mod rules;
pub mod schema;
pub mod shown;
pub mod store;
pub mod version;
