//! Rows of exports, read: pure. Nothing is looked up.

pub mod cells;
pub mod rows;
pub mod values;
