//! Doors of payouts.

pub mod balances;
pub mod batches;
pub mod early;
pub mod file;
pub mod journal;
pub mod next_payout;
pub mod payers;
pub mod paypal_news;
pub mod results;
pub mod schedules;
pub mod sending;
pub mod shapes;
pub mod terms;
pub mod to_invoice;
