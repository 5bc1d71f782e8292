//! Recruiters' shares: what who recruited a partner gets of that partner's conversions.
//!
//! Who gets a share of a conversion, by which rule and of what is judged once for each partner that is credited with it: when
//! it is first seen approved. From then on the share follows the conversion behind a cursor: it always is its percentage of
//! what the conversion earns that partner, or leaves as profit, now.
//!
//! Invariants: a judgement, its shares, their entries and the cursor are written in one transaction; the entries of a
//! share add up to its amount; nothing here touches what the recruited partner earns.

pub mod api;
pub mod entity;
pub mod follow;
pub mod rules;
pub mod schema;
pub mod store;
