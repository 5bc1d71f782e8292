//! Pure decisions of caps: what fits which cap, how much it takes, what happens where there is no room.

#![deny(clippy::float_arithmetic)]

pub mod pacing;
pub mod room;
pub mod subject;
