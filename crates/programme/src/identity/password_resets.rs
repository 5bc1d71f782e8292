//! Links by mail that let people choose a new password, once.
//!
//! Invariant: asking does the same work and gives the same answer whether or not somebody has the address, because the
//! looking up is a job's.

use anyhow::Context as _;
use kernel::{Ambient, Id, Refusal, RefusalCode, Timestamp, id, time::HOUR_MS};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _,
};

use super::{
    entity::{password_reset, user},
    letters, mails,
};
use crate::{
    App,
    platform::{
        Answer,
        jobs::{self, Model as Job},
        secrets::{new_token, token_hash},
    },
};

pub const MAIL_RESET_LINK: &str = "mail_reset_link";
/// How long a link works.
pub const LIFE_MS: i64 = HOUR_MS;

/// Asks for a link to `email`, known or not.
pub async fn request(conn: &impl ConnectionTrait, ambient: &Ambient, email: &str) -> Result<(), DbErr> {
    jobs::enqueue(conn, ambient, None, MAIL_RESET_LINK, email.into(), ambient.now()).await.map(drop)
}

/// The job.
pub async fn mail_link(app: &App, job: &Job) -> anyhow::Result<()> {
    let email = job.payload.as_str().context("a reset job holds an address")?;
    let person = user::Entity::find().filter(user::Column::Email.eq(email)).one(app.records.read()).await?;
    let Some(person) = person else { return Ok(()) };
    let write = app.records.begin().await?;
    let token = make(&*write, &app.ambient, person.id).await?;
    mails::enqueue(&*write, app, &letters::reset(app, email, &person.language, &token)).await?;
    write.commit().await?;
    Ok(())
}

/// Makes a link and gives its token.
async fn make(conn: &impl ConnectionTrait, ambient: &Ambient, user: Id<id::User>) -> Result<String, DbErr> {
    let token = new_token(ambient, "");
    let row = password_reset::Model {
        id: ambient.new_id(),
        user_id: user,
        token_hash: token_hash(&token),
        expires_at: ambient.now().plus_millis(LIFE_MS),
        used_at: None,
    };
    password_reset::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(token)
}

/// A link for the operator to pass on by hand, where no mail server is set.
pub async fn link_by_hand(app: &App, email: &str) -> anyhow::Result<String> {
    let of_address = user::Column::Email.eq(email.trim().to_lowercase());
    let person = user::Entity::find().filter(of_address).one(app.records.read()).await?;
    let person = person.with_context(|| format!("nobody has the address {email}"))?;
    let write = app.records.begin().await?;
    let token = make(&*write, &app.ambient, person.id).await?;
    write.commit().await?;
    Ok(letters::reset_url(app, &token))
}

/// Whose link `token` is; refuses `bad_token` or `link_expired`.
pub async fn find(conn: &impl ConnectionTrait, token: &str, now: Timestamp) -> Answer<Id<id::User>> {
    let by_token = password_reset::Column::TokenHash.eq(token_hash(token));
    let row = password_reset::Entity::find().filter(by_token).one(conn).await?;
    let row = row.ok_or_else(|| Refusal::new(RefusalCode::BadToken, "this link is not one of ours"))?;
    if row.used_at.is_some() || row.expires_at <= now {
        return Err(expired().into());
    }
    Ok(row.user_id)
}

/// Uses up every open link of the user, in the caller's transaction; refuses where none was open.
pub async fn spend(conn: &impl ConnectionTrait, user: Id<id::User>, now: Timestamp) -> Answer<()> {
    let spent = password_reset::Entity::update_many()
        .set(password_reset::ActiveModel { used_at: Set(Some(now)), ..Default::default() })
        .filter(password_reset::Column::UserId.eq(user))
        .filter(password_reset::Column::UsedAt.is_null())
        .exec(conn)
        .await?;
    if spent.rows_affected == 0 { Err(expired().into()) } else { Ok(()) }
}

fn expired() -> Refusal {
    Refusal::new(RefusalCode::LinkExpired, "this link was used or is too old; ask for another")
}
