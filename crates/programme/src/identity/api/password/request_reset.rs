//! Ask for a link to choose a new password with.

use axum::{extract::State, http::StatusCode};
use serde::Deserialize;

use crate::{
    App,
    identity::{
        limits::{OneAttempt, count_attempt},
        password_resets,
    },
    platform::{Answer, Body, body},
};

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"email": "anna@example.com"}))]
pub struct ResetRequest {
    pub email: String,
}

/// Ask for a link by mail to choose a new password with. The answer is the same whether or not the address is known.
#[utoipa::path(
    post, path = "/v1/password-resets", tag = "identity", security(()), request_body = ResetRequest,
    responses((status = 202, description = "If the address is known, a mail is on its way"))
)]
pub async fn request_reset(
    State(app): State<App>,
    _: OneAttempt,
    Body(body): Body<ResetRequest>,
) -> Answer<StatusCode> {
    let email = body::email("email", &body.email)?;
    count_attempt(&app, &email)?;
    let write = app.records.begin().await?;
    password_resets::request(&*write, &app.ambient, &email).await?;
    write.commit().await?;
    Ok(StatusCode::ACCEPTED)
}
