//! Change the own password.

use axum::{
    extract::State,
    http::{HeaderName, HeaderValue, StatusCode, header},
};
use kernel::{Refusal, RefusalCode};
use serde::Deserialize;

use crate::{
    App,
    identity::{
        api::require_session,
        limits::{OneAttempt, count_attempt},
        passwords, people,
        permissions::CanChangeOwnAccount,
        sessions, store,
    },
    platform::{
        Answer, Body,
        audit_trail::{self, Change},
    },
};

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"current_password": "correct horse", "new_password": "battery staple"}))]
pub struct PasswordChange {
    pub current_password: String,
    /// 10 to 200 characters.
    pub new_password: String,
}

/// Change the own password: ends every session of yours and begins a new one in this browser.
#[utoipa::path(
    post, path = "/v1/me/password", tag = "identity", request_body = PasswordChange,
    responses((status = 204, description = "Changed; a new session cookie is set"))
)]
pub async fn change(
    State(app): State<App>,
    _: OneAttempt,
    CanChangeOwnAccount(actor): CanChangeOwnAccount,
    Body(body): Body<PasswordChange>,
) -> Answer<(StatusCode, [(HeaderName, HeaderValue); 1])> {
    require_session(&actor)?;
    count_attempt(&app, &actor.user.to_string())?;
    let credential = store::credential(app.records.read(), actor.user).await?;
    if !passwords::verify(&body.current_password, Some(&credential.password_hash)).await? {
        return Err(Refusal::new(RefusalCode::BadCredentials, "the current password is wrong").into());
    }
    let password = passwords::hash(&app.ambient, &body.new_password).await?;

    let write = app.records.begin().await?;
    people::set_password(&*write, &app.ambient, actor.user, password).await?;
    let token = sessions::start(&*write, &app.ambient, actor.user, Some(actor.membership)).await?;
    let change = Change { action: "user.password_changed", subject: actor.user.to_string(), before: None, after: None };
    audit_trail::record(&*write, &app.ambient, actor.author(), change).await?;
    write.commit().await?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, sessions::cookie(&app, &token))]))
}
