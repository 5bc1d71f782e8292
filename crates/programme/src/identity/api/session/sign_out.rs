//! Sign out.

use axum::{
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
};

use crate::{
    App,
    identity::{
        authenticate::{require_csrf_header, session_token},
        sessions,
    },
    platform::Answer,
};

/// Sign out: ends the session of the cookie and clears it.
#[utoipa::path(
    delete, path = "/v1/session", tag = "identity", security(()), responses((status = 204, description = "Signed out"))
)]
pub async fn sign_out(
    State(app): State<App>,
    headers: HeaderMap,
) -> Answer<(StatusCode, [(HeaderName, HeaderValue); 1])> {
    if let Some(token) = session_token(&headers) {
        require_csrf_header(&headers)?;
        let write = app.records.begin().await?;
        sessions::end(&*write, app.ambient.now(), &token).await?;
        write.commit().await?;
    }
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, sessions::no_cookie(&app))]))
}
