//! How a commission is split among those who had a part: whole weights, whole minor units.

pub mod pay;
