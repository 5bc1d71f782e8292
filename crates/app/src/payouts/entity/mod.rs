//! Tables of payouts.

pub mod batch;
pub mod payout;
