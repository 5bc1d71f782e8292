//! What a browser is served: the web application, the API's documentation, health.
//!
//! Invariant: no page runs a script or loads a style of another host, and no inline script at all.

mod application;
mod encoding;
mod files;

use axum::{
    Json, Router,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use kernel::Ambient;
use serde::Serialize;
use utoipa::openapi::OpenApi;
use utoipa_swagger_ui::SwaggerUi;

use crate::health::{Health, Readiness};
use application::Application;
use files::Embedded;

/// The documentation page sets styles from its own script.
const DOCS_SECURITY_POLICY: &str =
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

/// `/docs`, `/openapi.json`, `/healthz` and `/readyz`; every other path belongs to the web application.
pub fn router(document: OpenApi, health: Health, ambient: Ambient) -> Router {
    let docs = Router::from(SwaggerUi::new("/docs").url("/openapi.json", document))
        .layer(axum::middleware::map_response(docs_policy));
    let application = Application::new(Embedded, ambient);
    Router::new()
        .route("/healthz", get(|| async { "alive\n" }))
        .route("/readyz", get(ready))
        .with_state(health)
        .merge(docs)
        .fallback(move |request: Request| {
            let answer = application.answer(request.method(), request.uri().path(), request.headers());
            std::future::ready(answer)
        })
}

async fn docs_policy(mut response: Response) -> Response {
    let policy = HeaderValue::from_static(DOCS_SECURITY_POLICY);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

#[derive(Serialize)]
struct ReadyBody {
    ready: bool,
    stores: Vec<Readiness>,
}

async fn ready(State(health): State<Health>) -> Response {
    let stores = health.check().await;
    let ready = stores.iter().all(|store| store.problem.is_none());
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(ReadyBody { ready, stores })).into_response()
}
