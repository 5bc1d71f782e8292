//! Bonuses: a sum that a partner earns once in each period in which a threshold is met.
//!
//! What each conversion counts for towards a bonus is kept, and so is each partner's figure, the sum of it. Both follow the
//! moves of conversions behind a cursor, so that nothing is ever counted anew and a figure is right however long ago its
//! period ended. Conversions count from their approval on.
//!
//! Invariants: counts, figures, bonuses, their entries and the cursor are written in one transaction; at most one bonus of
//! a rule stands for a partner and a period; one stands exactly where the figure meets the threshold.

pub mod ahead;
pub mod api;
pub mod count;
pub mod entity;
pub mod give;
pub mod rules;
pub mod schema;
pub mod store;
