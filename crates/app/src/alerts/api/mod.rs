//! Alerts over HTTP.

pub mod alerts;
pub mod shapes;
pub mod trial;
pub mod written;
