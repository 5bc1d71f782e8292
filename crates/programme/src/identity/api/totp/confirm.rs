//! Switch the second factor on with a first code.

use axum::{extract::State, http::StatusCode};
use kernel::{Refusal, RefusalCode};
use serde::Deserialize;

use crate::{
    App,
    identity::{
        api::require_session,
        limits::{OneAttempt, count_attempt},
        permissions::CanChangeOwnAccount,
        store, totp,
    },
    platform::{Answer, Body},
};

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"code": "123456"}))]
pub struct TotpConfirmation {
    /// What the authenticator app shows.
    pub code: String,
}

/// Switch the second factor on with a first code of the authenticator app.
#[utoipa::path(
    post, path = "/v1/me/totp/confirm", tag = "identity", request_body = TotpConfirmation,
    responses((status = 204, description = "The second factor is on"))
)]
pub async fn confirm(
    State(app): State<App>,
    _: OneAttempt,
    CanChangeOwnAccount(actor): CanChangeOwnAccount,
    Body(body): Body<TotpConfirmation>,
) -> Answer<StatusCode> {
    require_session(&actor)?;
    count_attempt(&app, &actor.user.to_string())?;
    let write = app.records.begin().await?;
    let credential = store::credential(&*write, actor.user).await?;
    if credential.totp_confirmed_at.is_some() {
        return Err(Refusal::new(RefusalCode::TotpAlreadyOn, "the second factor is on already").into());
    }
    if credential.totp_secret.is_none() {
        return Err(Refusal::not_found("second factor being set up").into());
    }
    let step = totp::check(&app, &credential, &body.code)?;
    totp::set(&*write, actor.user, credential.totp_secret, Some(app.ambient.now())).await?;
    totp::spend(&*write, actor.user, step).await?;
    super::remember(&*write, &app, &actor, "user.totp_switched_on").await?;
    write.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
