//! Tables of payouts.

pub mod batch;
pub mod limit;
pub mod payer;
pub mod payout;
pub mod schedule;
