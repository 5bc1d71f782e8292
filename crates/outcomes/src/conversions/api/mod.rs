//! Doors of conversions and receipts, one file per action.

pub mod act;
pub mod bulk;
mod earned_by;
pub mod freeze;
pub mod journey;
pub mod list;
pub mod reassign;
pub mod receipts;
pub mod send;
mod shape;
pub mod show;

pub use shape::{CommissionOut, ConversionDetail, ConversionOut, MoveOut};
