//! Doors of payouts.

pub mod balances;
pub mod batches;
pub mod file;
pub mod results;
pub mod shapes;
