//! The first start: one workspace and its owner, made in the browser by whoever runs the installation.
//!
//! Invariant: the door opens only while no workspace exists, and only to the token that the server printed at its start.

use kernel::{Refusal, RefusalCode, Tenant};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _};
use tokio::sync::{Mutex, MutexGuard};

use super::model::Entity;
use crate::{
    App,
    platform::{
        Answer,
        secrets::{new_token, token_hash},
    },
};

const TOKEN_PREFIX: &str = "set_";

/// Holds the hash of the token, and lets one set-up through at a time.
#[derive(Default)]
pub struct Door(Mutex<Option<String>>);

/// Whether no workspace exists.
pub async fn is_needed(conn: &impl ConnectionTrait) -> Result<bool, DbErr> {
    Ok(Entity::find().count(conn).await? == 0)
}

/// Draws the token of an empty installation.
pub async fn open(app: &App) -> anyhow::Result<Option<String>> {
    if !is_needed(app.records.read()).await? {
        return Ok(None);
    }
    let token = new_token(&app.ambient, TOKEN_PREFIX);
    *app.setup.0.lock().await = Some(token_hash(&token));
    Ok(Some(token))
}

/// Somebody who holds the door while they set up. Refuses `bad_token`.
pub struct Entered<'a>(MutexGuard<'a, Option<String>>);

impl Entered<'_> {
    /// The work is done: the token is void.
    pub fn close(mut self) {
        *self.0 = None;
    }
}

/// Lets the holder of the token in; refuses `setup_done` and `bad_token`.
pub async fn enter<'a>(app: &'a App, token: &str) -> Answer<Entered<'a>> {
    let door = app.setup.0.lock().await;
    if !is_needed(app.records.read()).await? {
        return Err(done().into());
    }
    if door.as_deref() != Some(token_hash(token).as_str()) {
        let message = "this is not the token that the server printed when it started";
        return Err(Refusal::new(RefusalCode::BadToken, message).into());
    }
    Ok(Entered(door))
}

/// Refuses, inside the transaction, where another server or the command line was first.
pub async fn require_needed(write: &crate::platform::WriteTransaction) -> Answer<()> {
    write.lock_workspace(Tenant(kernel::Id::from_u128(0))).await?;
    if is_needed(&**write).await? { Ok(()) } else { Err(done().into()) }
}

fn done() -> Refusal {
    Refusal::new(RefusalCode::SetupDone, "this installation has been set up; sign in")
}
