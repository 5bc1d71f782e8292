//! Tables of payouts.

pub mod batch;
pub mod early;
pub mod fee;
pub mod limit;
pub mod payee_terms;
pub mod payer;
pub mod payout;
pub mod schedule;
pub mod terms;
