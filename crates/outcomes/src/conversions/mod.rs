//! What happened: receipts are decided into conversions, conversions move, every move is priced into the book.
//!
//! [`decider`] takes receipts in batches and answers their senders; [`moves`] is the one way in which a conversion
//! changes, used by people, by senders and by clocks; [`facts`] tells every move to the reports; [`payable`] is the
//! door for payouts; [`trace`] keeps what each was decided from.
//!
//! Invariants: a receipt is decided once, whatever crashes between; an order is booked once per advertiser and goal; the
//! conversion's row, its move, its entries in the book and its fact are written in one transaction; the sender is told
//! the truth.

pub mod api;
pub mod clock_jobs;
pub mod counts;
pub mod decider;
pub mod entity;
pub mod facts;
pub mod imported;
pub mod model;
pub mod moves;
pub mod payable;
pub mod rates;
pub mod rules;
pub mod schema;
pub mod tier_jobs;
pub mod trace;

pub use model::{Action, Mover, Status};
