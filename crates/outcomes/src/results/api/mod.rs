//! Results and RevShare over HTTP.

pub mod agreed;
pub mod months;
pub mod postback;
pub mod results;
pub mod upload;
