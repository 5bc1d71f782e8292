//! Every route of the API, on one page.

use axum::{Router, middleware};
use utoipa::{
    Modify, OpenApi,
    openapi::security::{Http, HttpAuthScheme, SecurityScheme},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{App, audit, identity, platform::idempotency, workspaces};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Tributary",
        description = "The affiliate manager's workplace. Money is whole minor units; times are RFC 3339 UTC; lists answer \
                       `{items, next_cursor}`; errors are RFC 9457 problems with a stable `code`."
    ),
    modifiers(&BearerKey),
    security(("api_key" = []))
)]
struct Document;

struct BearerKey;

impl Modify for BearerKey {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        document.components.get_or_insert_default().add_security_scheme("api_key", bearer);
    }
}

fn api() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Document::openapi())
        .merge(who())
}

/// identity, workspaces, audit
fn who() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(audit::api::list))
        .routes(routes!(identity::api::me::show))
        .routes(routes!(workspaces::api::show))
}

/// The API's router and its OpenAPI document.
pub fn router(app: App) -> (Router, utoipa::openapi::OpenApi) {
    let (router, document) = api().split_for_parts();
    let router = router.layer(middleware::from_fn_with_state(app.clone(), idempotency::remember)).with_state(app);
    (router, document)
}
