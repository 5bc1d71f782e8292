//! One request to PayPal, and what its answer means.

use reqwest::{Response, header::RETRY_AFTER};
use serde::de::DeserializeOwned;

use super::{PayPal, PayPalError, Refusal, token::Token};

/// Of an answer: a page of a thousand items with their links takes some two million bytes.
const ANSWER_BYTES_MAX: usize = 16 * 1024 * 1024;

/// A request by what it does.
#[derive(Clone, Copy)]
pub(super) enum Ask<'a> {
    /// Changes nothing.
    Read(&'a str),
    /// Changes nothing, though it carries a body.
    Question(&'a str, &'a str),
    /// Changes something.
    Change(&'a str, &'a str),
}

pub(super) struct Answer {
    pub status: u16,
    pub retry_after_s: Option<u32>,
    pub body: Vec<u8>,
}

impl PayPal {
    /// Asks with the token in hand, and once more with a new one where PayPal no longer takes that.
    pub(super) async fn call<T: DeserializeOwned>(&self, ask: Ask<'_>) -> Result<T, PayPalError> {
        let token = self.token().await?;
        let answer = self.once(ask, &token).await?;
        if answer.status != 401 {
            return meaning(ask, &answer);
        }
        self.forget(&token).await;
        let token = self.token().await?;
        meaning(ask, &self.once(ask, &token).await?)
    }

    async fn once(&self, ask: Ask<'_>, token: &Token) -> Result<Answer, PayPalError> {
        let request = match ask {
            Ask::Read(path) => self.client.get(format!("{}{path}", self.host)),
            Ask::Question(path, body) | Ask::Change(path, body) => {
                self.client.post(format!("{}{path}", self.host)).body(body.to_owned())
            }
        };
        let request = request.bearer_auth(&token.bearer).header("Content-Type", "application/json");
        let response = request.send().await.map_err(|error| lost(ask, error))?;
        read_answer(response).await.map_err(|error| lost(ask, error))
    }
}

/// Reads an answer to its bound; what is longer is cut, and cannot be read as JSON then.
pub(super) async fn read_answer(mut response: Response) -> reqwest::Result<Answer> {
    let status = response.status().as_u16();
    let retry_after_s = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
    let mut body = Vec::new();
    while body.len() < ANSWER_BYTES_MAX {
        let Some(chunk) = response.chunk().await? else { break };
        body.extend_from_slice(&chunk);
    }
    Ok(Answer { status, retry_after_s, body })
}

/// A connection that never came about carried nothing; of any other loss nobody knows.
fn lost(ask: Ask<'_>, error: reqwest::Error) -> PayPalError {
    let never_connected = error.is_connect();
    let why = error.without_url().to_string();
    if never_connected { PayPalError::Unreachable(why) } else { doubt(ask, why) }
}

fn doubt(ask: Ask<'_>, why: String) -> PayPalError {
    match ask {
        Ask::Change(..) => PayPalError::Unclear(why),
        Ask::Read(_) | Ask::Question(..) => PayPalError::Unreachable(why),
    }
}

fn meaning<T: DeserializeOwned>(ask: Ask<'_>, answer: &Answer) -> Result<T, PayPalError> {
    let said = || refusal(answer);
    match answer.status {
        200..300 => serde_json::from_slice(&answer.body)
            .map_err(|error| PayPalError::Unclear(format!("the answer cannot be read: {error}"))),
        401 => Err(PayPalError::Auth(said().to_string())),
        403 if said().name == "NOT_AUTHORIZED" => Err(PayPalError::Auth(said().to_string())),
        429 => Err(PayPalError::RateLimited { retry_after_s: answer.retry_after_s }),
        408 | 409 => Err(doubt(ask, said().to_string())),
        400..500 if is_named(answer) => Err(PayPalError::Refused(said())),
        status => Err(doubt(ask, format!("status {status}: {}", said()))),
    }
}

/// Whether the answer is PayPal's own: something on the way may answer, too, and knows nothing of what was done.
fn is_named(answer: &Answer) -> bool {
    !refusal(answer).name.is_empty()
}

pub(super) fn refusal(answer: &Answer) -> Refusal {
    serde_json::from_slice(&answer.body).unwrap_or_default()
}
