//! Who had a part in a conversion: the paths that led to it, and the models that share the credit.
//!
//! [`models`] are pure and serve reports, so they may count in fractions; [`rules`] split what is paid, in whole minor
//! units. [`path_file`] reads paths from a file.
//!
//! Invariants: every model gives away exactly what the paths converted; paid shares sum exactly to the commission.

pub mod models;
pub mod path_file;
pub mod paths;
pub mod rules;
