//! What is decided about results: what a line says, what net revenue is, what a month earns. Values in, values out.

pub mod formula;
pub mod lines;
pub mod share;
