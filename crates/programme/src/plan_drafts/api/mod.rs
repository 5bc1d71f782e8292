//! Plans and their drafts over HTTP.

pub mod drafts;
pub mod plans;
