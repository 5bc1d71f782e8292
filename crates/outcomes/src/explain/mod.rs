//! Why: every click and every conversion tells how it was decided, and can be decided again.
//!
//! [`conversion_steps`] and [`click_steps`] are the pages of steps: each step of the rules has its words there and the
//! values that it looked at; [`words`] says what would have changed an outcome, reason by reason; [`values`] says who may
//! see which value. [`again`] decides everything once more from its trace and tells every difference.
//!
//! Invariants: what is told is what the rules say when asked again, never a second telling of them; a value that is not
//! on the page of values is shown to staff alone; a step or reason without words fails a test.

pub mod again;
pub mod api;
pub mod click;
mod click_again;
mod click_steps;
pub mod conversion;
mod conversion_steps;
pub mod step;
pub mod text;
mod values;
mod words;

pub use step::{Explanation, StepOut};
pub use values::Reader;
