pub mod request;
pub mod scrub;
pub mod terms;
