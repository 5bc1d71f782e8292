//! Doors of payouts.

pub mod balances;
pub mod batches;
pub mod file;
pub mod journal;
pub mod next_payout;
pub mod results;
pub mod shapes;
