//! Extractors that refuse in our words: a JSON body, a query string, a path id.

use axum::{
    Json,
    extract::{
        FromRequest, FromRequestParts, Path, Query, Request,
        rejection::{JsonRejection, PathRejection, QueryRejection},
    },
    http::request::Parts,
};
use kernel::{Refusal, RefusalCode};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};

use super::problem::Problem;

/// Largest body of an API request, in bytes.
pub const BODY_BYTES_MAX: usize = 1 << 20;
/// Largest file that comes as a body, in bytes.
pub const FILE_BYTES_MAX: usize = 16 << 20;
/// Longest text field unless a field says otherwise, in characters.
pub const TEXT_CHARS_MAX: usize = 200;

/// A JSON body.
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;
    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match Json::<T>::from_request(request, state).await {
            Ok(Json(value)) => Ok(Self(value)),
            Err(rejection) => Err(refuse_body(&rejection).into()),
        }
    }
}

fn refuse_body(rejection: &JsonRejection) -> Refusal {
    let code = match rejection {
        JsonRejection::BytesRejection(inner) if inner.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE => {
            RefusalCode::BodyTooLarge
        }
        _ => RefusalCode::BadBody,
    };
    Refusal::new(code, rejection.body_text())
}

/// Query parameters.
pub struct Params<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Params<T> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let query = Query::<T>::from_request_parts(parts, state).await;
        query
            .map(|Query(value)| Self(value))
            .map_err(|rejection: QueryRejection| Refusal::new(RefusalCode::BadParameter, rejection.body_text()).into())
    }
}

/// An id (or ids) in the path. An id that cannot be one names nothing: 404, as for another workspace's.
pub struct PathId<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for PathId<T> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = Path::<T>::from_request_parts(parts, state).await;
        path.map(|Path(value)| Self(value)).map_err(|_: PathRejection| Refusal::not_found("id").into())
    }
}

/// For a field of a PATCH that may be cleared: absent is `None`, `null` is `Some(None)`. Use it with `#[serde(default)]`.
pub fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// A name or other short text: trimmed, not empty, no control characters, at most `chars_max`.
pub fn short_text(field: &str, text: &str, chars_max: usize) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::field(field, "must not be empty"));
    }
    if text.chars().count() > chars_max {
        return Err(Refusal::field(field, format!("must be at most {chars_max} characters")));
    }
    if text.chars().any(char::is_control) {
        return Err(Refusal::field(field, "must not hold control characters"));
    }
    Ok(text.to_owned())
}

/// A text of several lines: trimmed, not empty, no control characters but line breaks and tabs, at most `chars_max`.
pub fn long_text(field: &str, text: &str, chars_max: usize) -> Result<String, Refusal> {
    let text = text.replace("\r\n", "\n");
    let spaces = |c: char| if matches!(c, '\n' | '\t') { ' ' } else { c };
    short_text(field, &text.chars().map(spaces).collect::<String>(), chars_max)?;
    Ok(text.trim().to_owned())
}

/// As [`short_text`], where an absent or blank text means none.
pub fn optional_text(field: &str, text: Option<&str>, chars_max: usize) -> Result<Option<String>, Refusal> {
    text.filter(|text| !text.trim().is_empty()).map(|text| short_text(field, text, chars_max)).transpose()
}

/// An e-mail address in lower case.
pub fn email(field: &str, text: &str) -> Result<String, Refusal> {
    let text = short_text(field, text, 254)?.to_lowercase();
    let shaped = text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.')
    });
    let plain =
        text.matches('@').count() == 1 && !text.contains(|c: char| c.is_whitespace() || "<>,;\"'()".contains(c));
    if shaped && plain { Ok(text) } else { Err(Refusal::field(field, "must be an e-mail address")) }
}
