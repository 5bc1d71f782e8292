//! Rows of the postback tables.

pub mod delivery;
pub mod delivery_try;
pub mod postback;
