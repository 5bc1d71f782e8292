//! Who changed what, when, from what to what.
//!
//! Invariant: the row is written in the transaction of the change itself.

pub mod api;
pub mod schema;

use kernel::Ambient;
use sea_orm::{ConnectionTrait, DbErr};

pub use crate::platform::audit_trail::{Change, Column, Entity, Model};
use crate::{identity::Actor, platform::audit_trail};

/// Remembers a change, in the caller's transaction.
pub async fn record(
    conn: &impl ConnectionTrait,
    ambient: &Ambient,
    actor: &Actor,
    change: Change<'_>,
) -> Result<(), DbErr> {
    audit_trail::record(conn, ambient, actor.author(), change).await
}
