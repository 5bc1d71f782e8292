//! How a request fails: with a Refusal (an expected no, told to the caller) or a Fault (the world failed: logged once
//! here, told as a reference number). Bodies are RFC 9457 problem details with our stable `code`.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use events::StoreError;
use kernel::{Refusal, RefusalCode, refusal::FieldError};
use serde::Serialize;

/// What handlers answer.
pub type Answer<T> = Result<T, Problem>;

#[derive(Debug)]
pub enum Problem {
    Refusal(Refusal),
    Fault(anyhow::Error),
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::Refusal(refusal)
    }
}

impl From<anyhow::Error> for Problem {
    fn from(fault: anyhow::Error) -> Self {
        match fault.downcast::<Refusal>() {
            Ok(refusal) => Self::Refusal(refusal),
            Err(fault) => match fault.downcast::<sea_orm::DbErr>() {
                Ok(error) => error.into(),
                Err(fault) => Self::Fault(fault),
            },
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let (code, message) = match error {
            StoreError::Fault(fault) => return fault.into(),
            StoreError::TimedOut => (
                RefusalCode::ReportTooSlow,
                "the report took too long and was stopped; ask for a shorter time or fewer rows",
            ),
            StoreError::Busy => (RefusalCode::Busy, "many reports wait already; try again"),
            StoreError::Reopening => {
                (RefusalCode::EventStoreUnavailable, "the event store cannot be read just now; try again")
            }
        };
        Refusal::new(code, message).into()
    }
}

impl From<Problem> for anyhow::Error {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::Refusal(refusal) => Self::new(refusal),
            Problem::Fault(fault) => fault,
        }
    }
}

/// The body of a failed request (RFC 9457).
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "type": "about:blank", "title": "Not Found", "status": 404, "code": "not_found",
    "detail": "there is no such offer", "errors": []
}))]
pub struct ProblemBody {
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub title: &'static str,
    pub status: u16,
    /// Stable for ever; see the list of refusals.
    pub code: &'static str,
    pub detail: String,
    /// Which fields are wrong.
    pub errors: Vec<FieldError>,
    /// Names this failure in the log; only with faults.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        match self {
            Self::Refusal(refusal) => refused(refusal),
            Self::Fault(fault) => failed(&fault),
        }
    }
}

fn refused(refusal: Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.code.kind().http_status()).expect("refusals map to HTTP statuses");
    respond(status, refusal.code.code(), refusal.message, refusal.fields, None)
}

fn failed(fault: &anyhow::Error) -> Response {
    let reference = reference_of(fault);
    tracing::error!(reference, fault = format!("{fault:#}"), "request failed");
    let detail = "something failed on our side; the reference names it in the server's log".to_owned();
    respond(StatusCode::INTERNAL_SERVER_ERROR, "fault", detail, Vec::new(), Some(reference))
}

/// Equal faults share a reference, so that a flood of one kind is seen as one.
fn reference_of(fault: &anyhow::Error) -> String {
    let hash = blake3::hash(format!("{fault:#}").as_bytes());
    hash.to_hex()[..12].to_owned()
}

fn respond(
    status: StatusCode,
    code: &'static str,
    detail: String,
    errors: Vec<FieldError>,
    reference: Option<String>,
) -> Response {
    let title = status.canonical_reason().unwrap_or("Error");
    let body = ProblemBody { kind: "about:blank", title, status: status.as_u16(), code, detail, errors, reference };
    let mut response = (status, Json(body)).into_response();
    let problem_json = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(header::CONTENT_TYPE, problem_json);
    response
}
