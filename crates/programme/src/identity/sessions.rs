//! Browsers that are signed in.
//!
//! A session ends [`IDLE_DAYS`] after it was last used, [`LIFE_DAYS`] after it began, by signing out, and when its user's
//! password changes. The cookie is `HttpOnly` and `SameSite=Lax`, and `Secure` where people come by https.

use axum::http::HeaderValue;
use kernel::{Ambient, Id, Timestamp, id, time::DAY_MS};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _,
};

use super::{
    authenticate::SESSION_COOKIE,
    entity::{password_reset, session},
};
use crate::{
    App,
    platform::secrets::{new_token, token_hash},
};

const IDLE_DAYS: i64 = 14;
const LIFE_DAYS: i64 = 90;
/// A session's end moves at most once in this long, so that reading seldom writes.
const MOVED_AFTER_MS: i64 = DAY_MS;

/// Begins a session, in a place of the user's where one is named, and gives the cookie's token.
pub async fn start(
    conn: &impl ConnectionTrait,
    ambient: &Ambient,
    user: Id<id::User>,
    place: Option<Id<id::Membership>>,
) -> Result<String, DbErr> {
    let token = new_token(ambient, "");
    let now = ambient.now();
    let row = session::Model {
        id: ambient.new_id(),
        user_id: user,
        membership_id: place,
        token_hash: token_hash(&token),
        created_at: now,
        expires_at: now.plus_days(IDLE_DAYS),
        ended_at: None,
    };
    session::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(token)
}

/// Moves the session of a cookie's token to another place of its user.
pub async fn move_to(conn: &impl ConnectionTrait, token: &str, place: Id<id::Membership>) -> Result<(), DbErr> {
    session::Entity::update_many()
        .set(session::ActiveModel { membership_id: Set(Some(place)), ..Default::default() })
        .filter(session::Column::TokenHash.eq(token_hash(token)))
        .exec(conn)
        .await
        .map(drop)
}

/// Ends the session of a cookie's token.
pub async fn end(conn: &impl ConnectionTrait, now: Timestamp, token: &str) -> Result<(), DbErr> {
    session::Entity::update_many()
        .set(session::ActiveModel { ended_at: Set(Some(now)), ..Default::default() })
        .filter(session::Column::TokenHash.eq(token_hash(token)))
        .filter(session::Column::EndedAt.is_null())
        .exec(conn)
        .await
        .map(drop)
}

/// Moves the end of a session in use. A failure only lets it end sooner, so it is logged and the request goes on.
pub async fn keep(app: &App, session: &session::Model) {
    let Some(expires_at) = new_end(session.created_at, session.expires_at, app.ambient.now()) else { return };
    if let Err(error) = move_end(app, session.id, expires_at).await {
        tracing::warn!(%error, "a session's end could not be moved");
    }
}

async fn move_end(app: &App, session: Id<id::Session>, expires_at: Timestamp) -> Result<(), DbErr> {
    let write = app.records.begin().await?;
    session::Entity::update_many()
        .set(session::ActiveModel { expires_at: Set(expires_at), ..Default::default() })
        .filter(session::Column::Id.eq(session))
        .exec(&*write)
        .await?;
    write.commit().await
}

/// Where a session used at `now` ends, if that is worth a write.
fn new_end(created_at: Timestamp, expires_at: Timestamp, now: Timestamp) -> Option<Timestamp> {
    let end = now.plus_days(IDLE_DAYS).min(created_at.plus_days(LIFE_DAYS));
    (end >= expires_at.plus_millis(MOVED_AFTER_MS)).then_some(end)
}

/// The cookie that carries `token`.
pub fn cookie(app: &App, token: &str) -> HeaderValue {
    set_cookie(app, token, LIFE_DAYS * DAY_MS / 1_000)
}

/// The cookie that makes a browser forget.
pub fn no_cookie(app: &App) -> HeaderValue {
    set_cookie(app, "", 0)
}

fn set_cookie(app: &App, token: &str, max_age_seconds: i64) -> HeaderValue {
    let secure = if app.settings.public_url.starts_with("https://") { "; Secure" } else { "" };
    let text = format!("{SESSION_COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age_seconds}{secure}");
    HeaderValue::try_from(text).expect("a token is header text")
}

/// Forgets sessions and reset links that ended before `before`.
pub async fn prune(conn: &impl ConnectionTrait, before: Timestamp) -> Result<(), DbErr> {
    session::Entity::delete_many().filter(session::Column::ExpiresAt.lt(before)).exec(conn).await?;
    let old_resets = password_reset::Column::ExpiresAt.lt(before);
    password_reset::Entity::delete_many().filter(old_resets).exec(conn).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_slides_but_not_for_ever() {
        let day = |days: i64| Timestamp::default().plus_days(days);
        for (now, expires_at, expected) in [
            (day(0), day(14), None),
            (day(0).plus_millis(DAY_MS - 1), day(14), None),
            (day(1), day(14), Some(day(15))),
            (day(13), day(14), Some(day(27))),
            (day(80), day(85), Some(day(90))),
            (day(85), day(90), None),
        ] {
            assert_eq!(new_end(day(0), expires_at, now), expected, "{now}");
        }
    }
}
