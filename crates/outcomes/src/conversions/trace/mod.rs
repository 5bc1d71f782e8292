//! What a conversion was decided from, kept so that it can be decided again.
//!
//! Beside the receipt, which never changes, the deciding transaction keeps a [`Seen`]: what the rules looked at that may
//! look otherwise tomorrow. Terms of offers are kept once for all conversions decided under them ([`SeenTerms`], found by
//! the hash of their content); versions of plans never change, so their ids are enough. [`Material`] puts all of it
//! together again and asks the very rules that decided.
//!
//! Invariant: nothing is judged that is not kept. Stories hold it: when a `World` ends, every conversion is decided again.

mod material;
mod seen;
pub mod store;
mod terms;

pub use material::{Again, Material, Outcome};
pub use seen::{Seen, SeenClick};
pub use terms::SeenTerms;

/// The form in which traces are kept. A field that is added needs a default; another form needs another number.
pub const FORMAT: i32 = 1;
