pub mod dispute;
pub mod message;
pub mod terms;
