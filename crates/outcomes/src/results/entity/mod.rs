//! Rows of results and of RevShare.

pub mod change;
pub mod closed;
pub mod formula;
pub mod isolated;
pub mod owner;
pub mod part;
pub mod result;
pub mod statement;
pub mod terms;
