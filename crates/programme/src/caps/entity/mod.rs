//! Rows of caps.

pub mod cap;
pub mod counter;
