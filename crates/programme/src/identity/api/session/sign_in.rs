//! Sign in with e-mail address, password and, where it is on, a code of the second factor.

use axum::{
    Json,
    extract::State,
    http::{HeaderName, HeaderValue, header},
};
use kernel::{Id, Refusal, RefusalCode, id};
use serde::{Deserialize, Serialize};

use crate::{
    App,
    identity::{
        entity::{credential, user},
        limits::{OneAttempt, count_attempt},
        passwords,
        places::{self, MembershipOut},
        sessions, store, totp,
    },
    platform::{Answer, Body},
};

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"email": "anna@example.com", "password": "correct horse", "totp_code": "123456"}))]
pub struct SignIn {
    pub email: String,
    pub password: String,
    /// Of the authenticator app, where the second factor is on.
    pub totp_code: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "user_id": "usr_01KAMX4S5T0000000000000000", "name": "Anna", "language": "en",
    "memberships": [{
        "id": "mbr_01KAMX4S5T0000000000000000", "workspace_id": "wsp_01KAMX4S5T0000000000000000",
        "workspace_name": "Riverside", "role": "manager"
    }]
}))]
pub struct SignedIn {
    pub user_id: Id<id::User>,
    pub name: String,
    pub language: String,
    pub memberships: Vec<MembershipOut>,
}

/// Sign in: sets the session cookie. Later requests that change something need the header X-Tributary-CSRF.
#[utoipa::path(
    post, path = "/v1/session", tag = "identity", security(()), request_body = SignIn,
    responses((status = 200, body = SignedIn))
)]
pub async fn sign_in(
    State(app): State<App>,
    _: OneAttempt,
    Body(body): Body<SignIn>,
) -> Answer<([(HeaderName, HeaderValue); 1], Json<SignedIn>)> {
    let email = body.email.trim().to_lowercase();
    count_attempt(&app, &email)?;
    let (person, credential) = proven(&app, &email, &body.password).await?;
    let memberships = places::of_user(app.records.read(), person.id).await?;
    if memberships.is_empty() {
        let message = "you have no place in any workspace; ask for an invitation";
        return Err(Refusal::new(RefusalCode::NotPermitted, message).into());
    }
    let step = second_factor(&app, &credential, body.totp_code.as_deref())?;

    let write = app.records.begin().await?;
    if let Some(step) = step {
        totp::spend(&*write, person.id, step).await?;
    }
    let token = sessions::start(&*write, &app.ambient, person.id, None).await?;
    write.commit().await?;
    let signed_in = SignedIn { user_id: person.id, name: person.name, language: person.language, memberships };
    Ok(([(header::SET_COOKIE, sessions::cookie(&app, &token))], Json(signed_in)))
}

/// The person of an address and password. A stranger's address takes as long as a wrong password and is told the same.
pub(in crate::identity) async fn proven(
    app: &App,
    email: &str,
    password: &str,
) -> Answer<(user::Model, credential::Model)> {
    let known = store::user_by_email(app.records.read(), email).await?;
    let hash = known.as_ref().and_then(|known| known.1.as_ref()).map(|credential| credential.password_hash.as_str());
    let right = passwords::verify(password, hash).await?;
    match known {
        Some((person, Some(credential))) if right => Ok((person, credential)),
        _ => Err(Refusal::new(RefusalCode::BadCredentials, "the e-mail address or the password is wrong").into()),
    }
}

/// The step of the code, or none where the second factor is off; refuses `totp_required`.
pub(in crate::identity) fn second_factor(
    app: &App,
    credential: &credential::Model,
    code: Option<&str>,
) -> Answer<Option<i64>> {
    if credential.totp_confirmed_at.is_none() {
        return Ok(None);
    }
    let Some(code) = code else {
        return Err(Refusal::new(RefusalCode::TotpRequired, "enter the code of your authenticator app").into());
    };
    totp::check(app, credential, code).map(Some)
}
