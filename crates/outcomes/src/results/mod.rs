//! What customers did after they were won, and what partners earn from it month by month.
//!
//! [`take`] writes signed figures of a customer's day, from the API, a file or a postback. [`agree`] keeps what was
//! agreed: the formula of net revenue of an advertiser and the terms of RevShare. [`close`] works a month out, and closes
//! it: statements, the book, what is carried on. [`qualify`] has goals that follow from what a customer does.
//!
//! Invariants: a day said again is corrected, never counted twice, and each correction stands with who and when. Nothing
//! of a closed month is edited: what is corrected later joins the next month that is closed. A customer's figures are
//! counted in exactly one month. Closing a month is one transaction.

pub mod agree;
pub mod api;
pub mod close;
pub mod entity;
pub mod file;
pub mod jobs;
pub mod model;
pub mod qualify;
pub mod rules;
pub mod schema;
pub mod store;
pub mod take;
