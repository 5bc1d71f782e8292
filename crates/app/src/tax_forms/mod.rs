//! Tax forms of partners: which kinds there are, what was handed in, what staff makes of it.
//!
//! A form is submitted as a PDF, and accepted or rejected by staff; one that was accepted may be rejected later. It is on
//! file while it is accepted and its last day has not passed.
//!
//! Invariants: a rejection says why; what was submitted is never changed; a partner sees its own forms alone.

pub mod api;
pub mod entity;
pub mod kinds;
pub mod review;
pub mod rules;
pub mod schema;
pub mod store;
pub mod submit;
