//! One field that finds partners, offers, links and conversions.
//!
//! What is found, in this order and at most [`api::LIMIT_MAX`] of each kind: partners by a part of name or e-mail address,
//! offers by a part of the name, links by the beginning of the slug, conversions by their whole order id or click id; and
//! anything by its own whole id. Case is of no account, except in the middle of an order id.
//!
//! Invariant: nothing is found that the actor's lists would not show, nor by a key without the scope of those lists.

pub mod api;
mod find;
