//! Alerts over HTTP.

pub mod alerts;
pub mod rules;
pub mod shapes;
pub mod trial;
