//! Doors of identity, one file per action.

pub mod me;
