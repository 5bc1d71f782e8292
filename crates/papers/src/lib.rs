//! Papers that are sent, the pure part: what a statement, an invoice or an act says, and its pages, its sheet and its lines.
//!
//! A [`Paper`] is data: its kind and language, who sells and who buys, lines, tax, figures. [`words`] holds how each kind
//! reads in each language, as files of data; [`layout`] breaks it into pages, [`pdf`] draws them, [`table`] says the same
//! lines as CSV and XLSX, [`ksef`] an invoice as the structured one of Poland.
//!
//! Invariants: amounts are whole minor units, and the figures follow from the lines by [`figures`]; the same paper gives the
//! same bytes; no I/O of its own, no clock. Lengths on paper are points, and nothing else is counted in floats.

pub mod face;
pub mod figures;
mod frozen;
pub mod ksef;
pub mod layout;
pub mod paper;
pub mod pdf;
pub mod say;
pub mod table;
pub mod words;
mod wrap;

pub use figures::{Figure, Figures, Tax, Vat, share};
pub use paper::{Kind, Language, Line, Paper, Party, What};
