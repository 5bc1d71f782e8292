//! Changing a password, and choosing a new one by mail.

pub mod change;
pub mod confirm_reset;
pub mod request_reset;
