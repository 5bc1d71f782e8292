//! Insight, the pure part: numbers of periods in, what to make of them out.
//!
//! [`change`] splits a metric's change between two periods over the values of a dimension, [`cause`] says which value
//! of which dimension it comes from, [`season`] tells the unusual from the usual noise of hours and weekdays, [`pace`]
//! says where a month will end.
//!
//! Invariants: effects of a change add up to it exactly, in the metric's own whole units; the share of false alarms is
//! what the asker chose; no I/O, no clock.

pub mod cause;
pub mod change;
pub mod pace;
pub mod season;

#[cfg(test)]
mod simulated;
