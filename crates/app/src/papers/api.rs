//! Papers over HTTP.

mod details;
mod files;
mod self_billing;

pub use details::*;
pub use files::*;
pub use self_billing::*;
