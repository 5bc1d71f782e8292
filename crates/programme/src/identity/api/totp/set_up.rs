//! Begin the second factor: make a secret for the authenticator app.

use anyhow::Context as _;
use axum::{Json, extract::State};
use kernel::{Refusal, RefusalCode};
use sea_orm::EntityTrait as _;
use serde::{Deserialize, Serialize};

use crate::{
    App,
    identity::{entity::user, limits::OneAttempt, permissions::CanChangeOwnAccount, totp},
    platform::{Answer, Body},
};

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"password": "correct horse"}))]
pub struct TotpSetUp {
    pub password: String,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
    "otpauth_url": "otpauth://totp/Tributary:anna%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Tributary"
}))]
pub struct TotpSecret {
    /// In base 32, to type into the app.
    pub secret: String,
    /// The same, to draw as a QR code.
    pub otpauth_url: String,
}

/// Begin setting up the second factor. It is on once a first code is confirmed; until then this can be repeated.
#[utoipa::path(
    post, path = "/v1/me/totp", tag = "identity", request_body = TotpSetUp,
    responses((status = 200, body = TotpSecret))
)]
pub async fn set_up(
    State(app): State<App>,
    _: OneAttempt,
    CanChangeOwnAccount(actor): CanChangeOwnAccount,
    Body(body): Body<TotpSetUp>,
) -> Answer<Json<TotpSecret>> {
    let credential = super::with_password(&app, &actor, &body.password).await?;
    if credential.totp_confirmed_at.is_some() {
        return Err(Refusal::new(RefusalCode::TotpAlreadyOn, "the second factor is on already").into());
    }
    let person = user::Entity::find_by_id(actor.user).one(app.records.read()).await?.context("an actor has a user")?;
    let secret = app.ambient.random_bytes::<{ totp::SECRET_BYTES }>();
    let device = totp::device(&secret, &person.email)?;

    let write = app.records.begin().await?;
    totp::set(&*write, actor.user, Some(app.secrets.seal(&app.ambient, &secret)), None).await?;
    super::remember(&*write, &app, &actor, "user.totp_set_up").await?;
    write.commit().await?;
    let otpauth_url = device.to_url().context("write a second factor's address")?;
    Ok(Json(TotpSecret { secret: device.secret().to_base32(), otpauth_url }))
}
