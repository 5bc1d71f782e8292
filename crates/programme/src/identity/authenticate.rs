//! From a request to the one who asks: a bearer API key or the session cookie.

use axum::http::{HeaderMap, Method, header, request::Parts};
use kernel::{Id, Refusal, RefusalCode, Tenant, Timestamp, id};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::{
    actor::Actor,
    entity::{api_key, membership, session},
    sessions,
};
use crate::{
    App,
    platform::{Problem, secrets::token_hash},
};

pub const SESSION_COOKIE: &str = "tributary_session";
/// A browser sends it with requests our own pages make; a foreign page cannot.
pub const CSRF_HEADER: &str = "x-tributary-csrf";
/// Chooses the workspace where a session's user has several.
pub const WORKSPACE_HEADER: &str = "x-tributary-workspace";

/// The actor of a request, or why there is none.
pub async fn actor(parts: &mut Parts, app: &App) -> Result<Actor, Problem> {
    if let Some(actor) = parts.extensions.get::<Actor>() {
        return Ok(actor.clone());
    }
    let actor = match bearer(&parts.headers) {
        Some(key) => by_api_key(app, key).await?,
        None => by_session(app, parts).await?,
    };
    parts.extensions.insert(actor.clone());
    Ok(actor)
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ").map(str::trim)
}

async fn by_api_key(app: &App, key: &str) -> Result<Actor, Problem> {
    let row = api_key::Entity::find()
        .filter(api_key::Column::TokenHash.eq(token_hash(key)))
        .filter(api_key::Column::RevokedAt.is_null())
        .find_also_related(membership::Entity)
        .one(app.records.read())
        .await?;
    let Some((key, Some(member))) = row else { return Err(not_authenticated().into()) };
    if member.ended_at.is_some() || key.expires_at.is_some_and(|at| at <= app.ambient.now()) {
        return Err(not_authenticated().into());
    }
    let scopes = serde_json::from_value(key.scopes).unwrap_or_default();
    Ok(actor_of(member, Some(scopes)))
}

async fn by_session(app: &App, parts: &Parts) -> Result<Actor, Problem> {
    let token = session_token(&parts.headers).ok_or_else(not_authenticated)?;
    if !matches!(parts.method, Method::GET | Method::HEAD) {
        require_csrf_header(&parts.headers)?;
    }
    let session = live_session(app, &token, app.ambient.now()).await?.ok_or_else(not_authenticated)?;
    sessions::keep(app, &session).await;
    let wanted = parts.headers.get(WORKSPACE_HEADER).and_then(|value| value.to_str().ok()).and_then(Id::parse);
    let member = membership_of(app, &session, wanted).await?.ok_or_else(not_authenticated)?;
    Ok(actor_of(member, None))
}

/// Refuses a change that a foreign page may have made a browser ask for.
pub fn require_csrf_header(headers: &HeaderMap) -> Result<(), Refusal> {
    if headers.contains_key(CSRF_HEADER) {
        return Ok(());
    }
    let message = format!("a request with the session cookie needs the header {CSRF_HEADER}");
    Err(Refusal::new(RefusalCode::CsrfHeaderMissing, message))
}

/// The session token of the cookie header.
pub fn session_token(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get(header::COOKIE)?.to_str().ok()?;
    let of_session = |cookie: &str| cookie.trim().strip_prefix(SESSION_COOKIE)?.strip_prefix('=').map(str::to_owned);
    cookies.split(';').find_map(of_session)
}

/// A session that is signed in fully and has not run out.
pub async fn live_session(app: &App, token: &str, now: Timestamp) -> Result<Option<session::Model>, Problem> {
    let found = session::Entity::find()
        .filter(session::Column::TokenHash.eq(token_hash(token)))
        .filter(session::Column::ExpiresAt.gt(now))
        .filter(session::Column::EndedAt.is_null())
        .one(app.records.read())
        .await?;
    Ok(found)
}

/// The place named in the request, else the session's own, else the oldest.
async fn membership_of(
    app: &App,
    session: &session::Model,
    wanted: Option<Id<id::Workspace>>,
) -> Result<Option<membership::Model>, Problem> {
    let mut query = membership::Entity::find()
        .filter(membership::Column::UserId.eq(session.user_id))
        .filter(membership::Column::EndedAt.is_null());
    if let Some(workspace) = wanted {
        query = query.filter(membership::Column::WorkspaceId.eq(workspace));
    }
    let members = query.all(app.records.read()).await?;
    let chosen = |member: &membership::Model| Some(member.id) == session.membership_id;
    Ok(members.into_iter().min_by_key(|member| (!chosen(member), member.id)))
}

/// The member as they are now, with all that their role may; `None` once they are gone.
pub async fn by_membership(app: &App, membership: Id<id::Membership>) -> Result<Option<Actor>, sea_orm::DbErr> {
    let row = membership::Entity::find_by_id(membership).one(app.records.read()).await?;
    Ok(row.filter(|member| member.ended_at.is_none()).map(|member| actor_of(member, None)))
}

pub(super) fn actor_of(member: membership::Model, scopes: Option<Vec<String>>) -> Actor {
    Actor {
        tenant: Tenant(member.workspace_id),
        user: member.user_id,
        membership: member.id,
        role: member.role,
        partner: member.partner_id,
        advertiser: member.advertiser_id,
        scopes,
    }
}

fn not_authenticated() -> Refusal {
    Refusal::new(RefusalCode::NotAuthenticated, "sign in, or send an API key as Authorization: Bearer trk_live_…")
}
