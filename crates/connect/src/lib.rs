//! Clients of outside systems, each with a fake beside it. Nothing here knows Tributary's words.

pub mod ads;
#[cfg(test)]
mod local;
pub mod mail;
pub mod outgoing;
pub mod paypal;
pub mod probe;
