//! Offers over HTTP.

pub mod clocks;
pub mod enrollments;
pub mod goals;
pub mod landings;
pub mod offers;
pub mod private_rates;
