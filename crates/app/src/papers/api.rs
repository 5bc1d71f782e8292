//! Papers over HTTP.

mod files;
mod self_billing;

pub use files::*;
pub use self_billing::*;
