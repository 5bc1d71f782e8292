pub mod file;
pub mod line;
pub mod mapping;
pub mod reconciliation;
