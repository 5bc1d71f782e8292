//! Making people, their places and their keys: for the doors here, the command line, the demo and tests.

use kernel::{Ambient, Id, Refusal, RefusalCode, Tenant, Timestamp, id};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, SqlErr, sea_query::OnConflict,
};

use super::{
    entity::{api_key, credential, membership, session, user},
    passwords::PasswordHash,
    permissions::REPLAY_SCOPE,
    rules::Place,
};
use crate::{
    news::{RouteNews, routes_changed},
    platform::{
        Answer,
        body::{self, TEXT_CHARS_MAX},
        secrets::{new_token, token_hash},
    },
};

/// How an API key begins.
pub const KEY_PREFIX: &str = "trk_live_";
/// Characters of a key that lists show.
const HINT_CHARS: usize = KEY_PREFIX.len() + 4;
/// Languages that screens and mails speak; the first is the default.
pub const LANGUAGES: [&str; 3] = ["en", "ru", "pl"];

/// A person to be known.
pub struct NewUser<'a> {
    pub email: &'a str,
    pub name: &'a str,
    /// One of [`LANGUAGES`].
    pub language: &'a str,
    /// Absent where the person will choose one by mail.
    pub password: Option<PasswordHash>,
}

/// Makes a user; refuses `email_taken`.
pub async fn create_user(conn: &impl ConnectionTrait, ambient: &Ambient, new: NewUser<'_>) -> Answer<Id<id::User>> {
    let row = user::Model {
        id: ambient.new_id(),
        email: body::email("email", new.email)?,
        name: body::short_text("name", new.name, TEXT_CHARS_MAX)?,
        language: language(new.language)?,
        created_at: ambient.now(),
    };
    let id = row.id;
    let inserted = user::Entity::insert(row.into_active_model()).exec_without_returning(conn).await;
    let taken = || Refusal::new(RefusalCode::EmailTaken, "somebody with this e-mail address is known already");
    unless_there(inserted, taken)?;
    if let Some(password) = new.password {
        set_password(conn, ambient, id, password).await?;
    }
    Ok(id)
}

/// One of the languages we speak.
pub fn language(text: &str) -> Result<String, Refusal> {
    let known = LANGUAGES.into_iter().find(|known| *known == text);
    known.map(str::to_owned).ok_or_else(|| Refusal::field("language", "must be en, ru or pl"))
}

fn unless_there<T>(inserted: Result<T, DbErr>, refusal: impl FnOnce() -> Refusal) -> Answer<T> {
    inserted.map_err(|error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => refusal().into(),
        _ => error.into(),
    })
}

/// Sets the password and ends every session of the user.
pub async fn set_password(
    conn: &impl ConnectionTrait,
    ambient: &Ambient,
    user: Id<id::User>,
    password: PasswordHash,
) -> Result<(), DbErr> {
    let row = credential::Model {
        user_id: user,
        password_hash: password.0,
        totp_secret: None,
        totp_confirmed_at: None,
        totp_last_step: None,
        changed_at: ambient.now(),
    };
    let replace = OnConflict::column(credential::Column::UserId)
        .update_columns([credential::Column::PasswordHash, credential::Column::ChangedAt])
        .to_owned();
    credential::Entity::insert(row.into_active_model()).on_conflict(replace).exec_without_returning(conn).await?;
    end_sessions(conn, ambient, user).await
}

/// Signs a user out everywhere.
pub async fn end_sessions(conn: &impl ConnectionTrait, ambient: &Ambient, user: Id<id::User>) -> Result<(), DbErr> {
    session::Entity::update_many()
        .set(session::ActiveModel { ended_at: Set(Some(ambient.now())), ..Default::default() })
        .filter(session::Column::UserId.eq(user))
        .filter(session::Column::EndedAt.is_null())
        .exec(conn)
        .await
        .map(drop)
}

/// Gives a user a place in a workspace; refuses `already_exists` where the user has one.
pub async fn add_membership(
    conn: &impl ConnectionTrait,
    ambient: &Ambient,
    tenant: Tenant,
    user: Id<id::User>,
    place: Place,
) -> Answer<membership::Model> {
    let row = membership::Model {
        id: ambient.new_id(),
        workspace_id: tenant.id(),
        user_id: user,
        role: place.role,
        partner_id: place.partner,
        advertiser_id: place.advertiser,
        created_at: ambient.now(),
        ended_at: None,
    };
    let inserted = membership::Entity::insert(row.clone().into_active_model()).exec_without_returning(conn).await;
    let there = || Refusal::new(RefusalCode::AlreadyExists, "this person is in the workspace already");
    unless_there(inserted, there)?;
    Ok(row)
}

/// Makes a key of `member` that does not run out and gives its only plain copy. Scopes are trusted: a door asks
/// [`super::rules::grant_scopes`] first.
pub async fn create_api_key(
    conn: &impl ConnectionTrait,
    ambient: &Ambient,
    member: &membership::Model,
    name: &str,
    scopes: &[impl AsRef<str>],
) -> Answer<(Id<id::ApiKey>, String)> {
    let scopes: Vec<String> = scopes.iter().map(|scope| scope.as_ref().to_owned()).collect();
    let new =
        NewKey { tenant: Tenant(member.workspace_id), member: member.id, name, scopes: &scopes, expires_at: None };
    insert_api_key(conn, ambient, new).await.map(|(row, plain)| (row.id, plain))
}

/// A key to be made.
pub(super) struct NewKey<'a> {
    pub tenant: Tenant,
    pub member: Id<id::Membership>,
    pub name: &'a str,
    pub scopes: &'a [String],
    pub expires_at: Option<Timestamp>,
}

pub(super) async fn insert_api_key(
    conn: &impl ConnectionTrait,
    ambient: &Ambient,
    new: NewKey<'_>,
) -> Answer<(api_key::Model, String)> {
    let plain = new_token(ambient, KEY_PREFIX);
    let row = api_key::Model {
        id: ambient.new_id(),
        workspace_id: new.tenant.id(),
        membership_id: new.member,
        name: body::short_text("name", new.name, TEXT_CHARS_MAX)?,
        hint: plain[..HINT_CHARS].to_owned(),
        token_hash: token_hash(&plain),
        scopes: serde_json::json!(new.scopes),
        created_at: ambient.now(),
        expires_at: new.expires_at,
        revoked_at: None,
    };
    api_key::Entity::insert(row.clone().into_active_model()).exec_without_returning(conn).await?;
    tell_edge_of_replay_keys(conn, ambient, new.tenant, std::slice::from_ref(&row)).await?;
    Ok((row, plain))
}

/// Revokes keys; those that could replay leave the edge too.
pub(super) async fn revoke_keys(
    conn: &impl ConnectionTrait,
    ambient: &Ambient,
    tenant: Tenant,
    keys: &[api_key::Model],
) -> Result<(), DbErr> {
    api_key::Entity::update_many()
        .set(api_key::ActiveModel { revoked_at: Set(Some(ambient.now())), ..Default::default() })
        .filter(api_key::Column::WorkspaceId.eq(tenant.id()))
        .filter(api_key::Column::Id.is_in(keys.iter().map(|key| key.id)))
        .exec(conn)
        .await?;
    tell_edge_of_replay_keys(conn, ambient, tenant, keys).await
}

async fn tell_edge_of_replay_keys(
    conn: &impl ConnectionTrait,
    ambient: &Ambient,
    tenant: Tenant,
    keys: &[api_key::Model],
) -> Result<(), DbErr> {
    if !keys.iter().any(can_replay) {
        return Ok(());
    }
    routes_changed(conn, ambient, tenant, &[RouteNews::Workspace(tenant.id())]).await
}

/// Whether a key names the scope that lets `replay` state its own times and addresses.
pub fn can_replay(key: &api_key::Model) -> bool {
    key.scopes.as_array().is_some_and(|scopes| scopes.iter().any(|scope| scope == REPLAY_SCOPE))
}
