//! Who had a part in a conversion: the paths that led to it, and the models that share the credit.
//!
//! [`models`] are pure and serve reports, so they may count in fractions; nothing here names an amount that is paid.
//! [`path_file`] reads paths from a file.
//!
//! Invariant: every model gives away exactly what the paths converted, no more and no less.

pub mod models;
pub mod path_file;
pub mod paths;
