//! Answers in a dialect's own form. Whatever the form, the header `Tributary-Status` tells the verdict.

use http::{
    HeaderValue, StatusCode,
    header::{CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS},
};
use kernel::{Refusal, RefusalCode, reason::ConversionReason as Reason};

use super::{Dialect, address::Manner};
use crate::{
    receipt::{ReceiptAnswer, fields::Fields},
    response::{EdgeResponse, STATUS_HEADER},
};

const ECHO_CHARS_MAX: usize = 64;

/// What became of a report, without the words of any platform.
struct Outcome {
    http_status: u16,
    is_taken: bool,
    verdict: String,
    code: String,
    message: String,
    conversion: Option<String>,
}

/// A rule, or the sender's own mistake, speaks against it.
pub fn is_refused(answer: &ReceiptAnswer) -> bool {
    answer.http_status >= 400 || answer.status == "rejected"
}

/// The answer of `dialect`. Where the platform tells everything in the body, the HTTP status is 200, but for what must be
/// sent again.
pub fn of(
    dialect: Dialect,
    manner: Manner,
    given: Option<&Fields>,
    outcome: &Result<ReceiptAnswer, Refusal>,
) -> EdgeResponse {
    let outcome = read(outcome);
    let mut response = match (dialect, manner) {
        (Dialect::Awin, _) | (_, Manner::Pixel) => EdgeResponse::pixel(),
        (Dialect::Tune, _) => tune(&outcome, given),
        (Dialect::Affise, _) => affise(&outcome),
        (Dialect::Everflow, _) => {
            let text = if outcome.is_taken { String::new() } else { outcome.message.clone() };
            plain(outcome.http_status, text)
        }
        (Dialect::Keitaro, _) => {
            let text = if outcome.is_taken { "Success".to_owned() } else { outcome.message.clone() };
            plain(outcome.http_status, text)
        }
    };
    if outcome.http_status >= 500 {
        response.status = StatusCode::SERVICE_UNAVAILABLE;
    }
    response.set(STATUS_HEADER, &outcome.verdict);
    response
}

fn read(outcome: &Result<ReceiptAnswer, Refusal>) -> Outcome {
    match outcome {
        Ok(answer) => {
            let reason = answer.reason.clone().unwrap_or_default();
            let tail = if reason.is_empty() { String::new() } else { format!("; reason={reason}") };
            Outcome {
                http_status: answer.http_status,
                is_taken: !is_refused(answer),
                verdict: format!("{}{tail}", answer.status),
                message: answer.message.clone(),
                conversion: answer.conversion_id.map(|id| id.to_string()),
                code: reason,
            }
        }
        Err(refusal) => {
            let is_test = refusal.code == RefusalCode::TestMode;
            Outcome {
                http_status: if is_test { 200 } else { refusal.code.kind().http_status() },
                is_taken: is_test,
                verdict: format!("refused; reason={}", refusal.code.code()),
                message: refusal.message.clone(),
                conversion: None,
                code: refusal.code.code().to_owned(),
            }
        }
    }
}

fn tune(outcome: &Outcome, given: Option<&Fields>) -> EdgeResponse {
    let of = |name: &str| given.and_then(|given| given.get(name));
    let message = if outcome.code == Reason::BadClickId.code() || outcome.code == Reason::ClickNotFound.code() {
        format!("Invalid Trans. ID #{}", echo(of("transaction_id").unwrap_or_default()))
    } else {
        outcome.message.clone()
    };
    if of("format") == Some("json") {
        let body = match outcome.is_taken {
            true => serde_json::json!({"success": true}),
            false => serde_json::json!({"success": false, "err_msg": message}),
        };
        return EdgeResponse::json(200, &body);
    }
    plain(200, if outcome.is_taken { "success=true;".to_owned() } else { format!("success=false; err_msg={message};") })
}

fn affise(outcome: &Outcome) -> EdgeResponse {
    let (status, message) = match (outcome.is_taken, outcome.code.as_str()) {
        (true, _) => (1, format!("Success: {}", outcome.conversion.as_deref().unwrap_or("kept"))),
        (false, "bad_token") => (2, format!("Access denied: {}", outcome.message)),
        (false, "bad_click_id" | "click_not_found") => (2, format!("Broken clickid: {}", outcome.message)),
        (false, _) => (2, outcome.message.clone()),
    };
    EdgeResponse::json(200, &serde_json::json!({"status": status, "message": message}))
}

fn plain(status: u16, text: String) -> EdgeResponse {
    let mut response = EdgeResponse::new(StatusCode::from_u16(status).unwrap_or(StatusCode::OK));
    response.headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response.headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response.body = text.into();
    response
}

/// What the sender gave, harmless in any reader's eyes.
fn echo(text: &str) -> String {
    text.chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || "_-.".contains(*letter))
        .take(ECHO_CHARS_MAX)
        .collect()
}
