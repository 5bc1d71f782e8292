//! What a plan would have made of what happened. Pure: conversions in their order in, figures out.

#![deny(clippy::float_arithmetic)]

pub mod counters;
pub mod figures;
pub mod fold;
pub mod lane;
pub mod only;
pub mod past;
pub mod tally;
#[cfg(test)]
mod tests;

pub use figures::SimulationResult;
pub use fold::{Fold, Setup};
pub use lane::{Plans, Version};
pub use only::TriedOnly;
pub use past::{Past, Share};
