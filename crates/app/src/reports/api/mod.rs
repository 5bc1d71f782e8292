//! Doors of reports, one file per action.

pub mod attribution;
pub mod changes;
pub mod clicks;
pub mod dashboard;
pub mod dictionary;
pub mod export;
pub mod query;
