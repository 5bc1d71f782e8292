//! Switch the second factor off.

use axum::{extract::State, http::StatusCode};
use kernel::Refusal;
use serde::Deserialize;

use crate::{
    App,
    identity::{limits::OneAttempt, permissions::CanChangeOwnAccount, totp},
    platform::{Answer, Body},
};

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"password": "correct horse", "code": "123456"}))]
pub struct TotpSwitchOff {
    pub password: String,
    /// What the authenticator app shows.
    pub code: String,
}

/// Switch the second factor off.
#[utoipa::path(
    post, path = "/v1/me/totp/disable", tag = "identity", request_body = TotpSwitchOff,
    responses((status = 204, description = "The second factor is off"))
)]
pub async fn disable(
    State(app): State<App>,
    _: OneAttempt,
    CanChangeOwnAccount(actor): CanChangeOwnAccount,
    Body(body): Body<TotpSwitchOff>,
) -> Answer<StatusCode> {
    let credential = super::with_password(&app, &actor, &body.password).await?;
    if credential.totp_confirmed_at.is_none() {
        return Err(Refusal::not_found("second factor").into());
    }
    let step = totp::check(&app, &credential, &body.code)?;
    let write = app.records.begin().await?;
    totp::spend(&*write, actor.user, step).await?;
    totp::set(&*write, actor.user, None, None).await?;
    super::remember(&*write, &app, &actor, "user.totp_switched_off").await?;
    write.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
