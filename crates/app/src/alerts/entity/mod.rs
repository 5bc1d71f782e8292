//! Rows of alerts and their rules.

pub mod alert;
pub mod rule;
