//! The second factor: set up, confirm, switch off.

pub mod confirm;
pub mod disable;
pub mod set_up;

use kernel::{Refusal, RefusalCode};
use sea_orm::{ConnectionTrait, DbErr};

use crate::{
    App,
    identity::{Actor, entity::credential, limits::count_attempt, passwords, store},
    platform::{
        Answer,
        audit_trail::{self, Change},
    },
};

/// The actor's credential, once the password was shown again.
async fn with_password(app: &App, actor: &Actor, password: &str) -> Answer<credential::Model> {
    super::require_session(actor)?;
    count_attempt(app, &actor.user.to_string())?;
    let credential = store::credential(app.records.read(), actor.user).await?;
    if !passwords::verify(password, Some(&credential.password_hash)).await? {
        return Err(Refusal::new(RefusalCode::BadCredentials, "the password is wrong").into());
    }
    Ok(credential)
}

async fn remember(conn: &impl ConnectionTrait, app: &App, actor: &Actor, action: &str) -> Result<(), DbErr> {
    let change = Change { action, subject: actor.user.to_string(), before: None, after: None };
    audit_trail::record(conn, &app.ambient, actor.author(), change).await
}
