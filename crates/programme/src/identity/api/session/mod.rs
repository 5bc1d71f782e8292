//! Signing in and out, and going from one workspace to another.

pub mod sign_in;
pub mod sign_out;
pub mod switch;
