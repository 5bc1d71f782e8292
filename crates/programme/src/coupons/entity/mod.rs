//! Rows of coupons.

pub mod coupon;
pub mod crediting;
