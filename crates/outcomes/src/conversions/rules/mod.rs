//! Pure decisions: values in, value or reason out. Nothing here reads the clock, the records or the book.

#![deny(clippy::float_arithmetic)]

pub mod amounts;
pub mod attribute;
pub mod claim;
pub mod judge;
pub mod known;
pub mod price;
pub mod settle;
pub mod terms;
pub mod trust;
pub mod window;
pub mod words;
