//! Does the tracking hold, from the link to the booking? For those who connect and for those who look after it.
//!
//! [`keep`] brings what the doors refused into the records; [`calls`] tells an advertiser what its calls said in the last
//! seven days and what to do about it; [`ladder`] says who stands on which rung of the trust ladder and whom a higher one
//! would shut out; [`checkup`] walks an offer's way as a visitor and a sender would; [`snippets`] writes the lines that an
//! advertiser puts into its shop.
//!
//! Invariant: nothing here counts, books or decides. A test conversion leaves a receipt and nothing else.

pub mod api;
pub mod calls;
pub mod checkup;
pub mod checkup_api;
pub mod checkup_model;
mod hops;
pub mod keep;
pub mod ladder;
pub mod refused;
pub mod rules;
pub mod schema;
pub mod snippets;
pub mod snippets_api;
pub mod watched;
