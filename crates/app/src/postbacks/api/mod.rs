//! Postbacks, webhooks and their log over HTTP.

pub mod deliveries;
pub mod postbacks;
pub mod webhooks;
