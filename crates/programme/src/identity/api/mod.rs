//! Doors of identity, one file per action.

pub mod api_keys;
pub mod invitations;
pub mod me;
pub mod password;
pub mod people;
pub mod session;
pub mod totp;

use kernel::Refusal;

use super::actor::{Actor, not_permitted};

/// The account itself is changed by its person, signed in: a key that was lost must not take it over.
fn require_session(actor: &Actor) -> Result<(), Refusal> {
    if actor.scopes.is_some() { Err(not_permitted("change the account with an API key; sign in")) } else { Ok(()) }
}
