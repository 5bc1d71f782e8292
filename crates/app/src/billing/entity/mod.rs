//! Rows of billing.

pub mod account;
pub mod advance;
pub mod fee;
pub mod invoice;
pub mod payment;
