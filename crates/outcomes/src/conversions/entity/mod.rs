//! Rows of the conversion tables.

pub mod commission;
pub mod conversion;
pub mod cursor;
pub mod customer;
pub mod item;
pub mod movement;
pub mod receipt;
pub mod tier_settlement;
pub mod trace;
pub mod trace_terms;
