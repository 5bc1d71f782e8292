//! The bearer's token for a key: asked for once, kept until shortly before it ends.

use kernel::{Timestamp, time::SECOND_MS};
use serde::Deserialize;

use super::{
    PayPal, PayPalError,
    call::{read_answer, refusal},
};

/// A token is renewed while it still holds for this long, so that none ends under way.
const RENEWED_BEFORE_END_S: i64 = 300;

#[derive(Clone)]
pub(super) struct Token {
    pub bearer: String,
    renewed_at: Timestamp,
}

#[derive(Deserialize)]
struct Given {
    access_token: String,
    expires_in: i64,
}

impl PayPal {
    /// The token in hand, or a new one. Who comes while one is asked for waits for it.
    pub(super) async fn token(&self) -> Result<Token, PayPalError> {
        let mut held = self.token.lock().await;
        let now = self.clock.now();
        if let Some(token) = held.as_ref().filter(|token| now < token.renewed_at) {
            return Ok(token.clone());
        }
        let given = self.new_token().await?;
        let holds_s = given.expires_in.saturating_sub(RENEWED_BEFORE_END_S).max(0);
        let token =
            Token { bearer: given.access_token, renewed_at: now.plus_millis(holds_s.saturating_mul(SECOND_MS)) };
        *held = Some(token.clone());
        Ok(token)
    }

    /// Forgets a token that PayPal no longer takes, unless another was given meanwhile.
    pub(super) async fn forget(&self, token: &Token) {
        let mut held = self.token.lock().await;
        if held.as_ref().is_some_and(|current| current.bearer == token.bearer) {
            *held = None;
        }
    }

    async fn new_token(&self) -> Result<Given, PayPalError> {
        let asked = self
            .client
            .post(format!("{}/v1/oauth2/token", self.host))
            .basic_auth(&self.key.client_id, Some(&self.key.client_secret))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body("grant_type=client_credentials");
        let unreached = |lost: reqwest::Error| PayPalError::Unreachable(lost.without_url().to_string());
        let answer = read_answer(asked.send().await.map_err(unreached)?).await.map_err(unreached)?;
        match answer.status {
            200 => serde_json::from_slice(&answer.body)
                .map_err(|error| PayPalError::Unreachable(format!("no token can be read: {error}"))),
            400 | 401 | 403 => Err(PayPalError::Auth(refusal(&answer).to_string())),
            429 => Err(PayPalError::RateLimited { retry_after_s: answer.retry_after_s }),
            status => Err(PayPalError::Unreachable(format!("status {status} for a token"))),
        }
    }
}
