pub mod file;
pub mod finding;
pub mod import;
pub mod imported_row;
pub mod saved_mapping;
