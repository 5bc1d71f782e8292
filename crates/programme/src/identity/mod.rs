//! Who asks: users, sessions, API keys, roles and what they permit.
//!
//! A user is global (one e-mail address); a membership joins a user to a workspace with a role, and for partners and
//! advertisers to the one row they may see. An API key belongs to one membership. Handlers name their permission as an
//! extractor type ([`permissions`]), so a signature is its access rule.
//!
//! Invariants: passwords are Argon2id; tokens and keys lie as SHA-256; a session cookie needs the CSRF header.

pub mod actor;
pub mod api;
pub mod authenticate;
pub mod entity;
pub mod invitations;
mod letters;
pub mod limits;
pub mod mails;
pub mod password_resets;
pub mod passwords;
pub mod people;
pub mod permissions;
pub mod places;
pub mod rules;
pub mod schema;
pub mod sessions;
pub mod store;
mod totp;

pub use actor::{Actor, Role};
pub use rules::Place;
