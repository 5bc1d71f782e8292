//! The fake's doors, at PayPal's paths.

use std::{collections::HashMap, future};

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use data_encoding::{BASE64, HEXLOWER};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{
    FakePayPal, Trouble,
    ledger::{Ledger, Said, error},
};

const BODY_BYTES_MAX: usize = 16 * 1024 * 1024;

pub(super) fn routes(fake: FakePayPal) -> Router {
    Router::new()
        .route("/v1/oauth2/token", post(token))
        .route("/v1/payments/payouts", post(create))
        .route("/v1/payments/payouts/{id}", get(show))
        .route("/v1/payments/payouts-item/{id}", get(show_item))
        .route("/v1/payments/payouts-item/{id}/cancel", post(cancel))
        .route("/v1/notifications/verify-webhook-signature", post(verify))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(fake)
}

async fn token(State(fake): State<FakePayPal>, headers: HeaderMap, body: String) -> Response {
    let key = FakePayPal::key();
    let basic = BASE64.encode(format!("{}:{}", key.client_id, key.client_secret).as_bytes());
    if authorization(&headers) != format!("Basic {basic}") || body != "grant_type=client_credentials" {
        return answer((401, json!({"error": "invalid_client", "error_description": "Client Authentication failed"})));
    }
    answer(fake.ledger().give_token())
}

async fn create(State(fake): State<FakePayPal>, headers: HeaderMap, body: Bytes) -> Response {
    let asked: Value = serde_json::from_slice(&body).unwrap_or_default();
    guarded(&fake, &headers, |ledger| ledger.create(&asked)).await
}

async fn show(
    State(fake): State<FakePayPal>,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let number = |name: &str, otherwise| query.get(name).and_then(|text| text.parse().ok()).unwrap_or(otherwise);
    let (page, size) = (number("page", 1), number("page_size", 1_000_usize).clamp(1, 1_000));
    guarded(&fake, &headers, |ledger| ledger.show(&id, page, size)).await
}

async fn show_item(State(fake): State<FakePayPal>, headers: HeaderMap, Path(id): Path<String>) -> Response {
    guarded(&fake, &headers, |ledger| ledger.show_item(&id)).await
}

async fn cancel(State(fake): State<FakePayPal>, headers: HeaderMap, Path(id): Path<String>) -> Response {
    guarded(&fake, &headers, |ledger| ledger.cancel(&id)).await
}

/// Holds where the message, to the byte, is what was signed.
async fn verify(State(fake): State<FakePayPal>, headers: HeaderMap, body: String) -> Response {
    let asked: Value = serde_json::from_str(&body).unwrap_or_default();
    let sent = body.split_once("\"webhook_event\":").and_then(|(_, rest)| rest.strip_suffix('}')).unwrap_or_default();
    let holds = asked["transmission_sig"] == HEXLOWER.encode(&Sha256::digest(sent.as_bytes()));
    let verdict = if holds { "SUCCESS" } else { "FAILURE" };
    guarded(&fake, &headers, |_| (200, json!({"verification_status": verdict}))).await
}

/// Does what was asked for a token that is taken, and as the trouble on order has it.
async fn guarded(fake: &FakePayPal, headers: &HeaderMap, act: impl FnOnce(&mut Ledger) -> Said) -> Response {
    let (trouble, said) = {
        let mut ledger = fake.ledger();
        let bearer = authorization(headers).strip_prefix("Bearer ").unwrap_or_default();
        if !ledger.takes(bearer) {
            return answer(error(401, "AUTHENTICATION_FAILURE", "", "Authentication failed"));
        }
        let trouble = ledger.troubles.pop_front().unwrap_or(Trouble::None);
        let said = trouble.is_done().then(|| act(&mut ledger));
        (trouble, said)
    };
    match trouble {
        Trouble::TimesOutAfterAccepting | Trouble::TimesOutBefore => future::pending().await,
        Trouble::BreaksAfterAccepting => answer(error(500, "INTERNAL_SERVER_ERROR", "", "An error occurred")),
        Trouble::ServerError => answer(error(503, "SERVICE_UNAVAILABLE", "", "Service Unavailable")),
        Trouble::RateLimited { retry_after_s } => {
            let limited = answer(error(429, "RATE_LIMIT_REACHED", "", "Too many requests"));
            ([(header::RETRY_AFTER, retry_after_s.to_string())], limited).into_response()
        }
        Trouble::Refuses { status, name } => answer(error(status, name, "", "Refused on order")),
        Trouble::None => answer(said.expect("was done")),
    }
}

fn authorization(headers: &HeaderMap) -> &str {
    headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn answer((status, body): Said) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}
