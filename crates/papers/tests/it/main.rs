//! Papers as they leave: pages, letters, sums, sheets.

#[path = "../../examples/draw/sample.rs"]
mod sample;

mod ksef;
mod pages;
mod tables;
