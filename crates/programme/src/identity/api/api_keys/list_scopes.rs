//! Which scopes one may give to a key.

use axum::Json;
use serde::Serialize;

use crate::identity::{
    permissions::{AnyMember, scopes},
    rules::role_has_scope,
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"items": ["offers:read", "offers:write", "reports:read"]}))]
pub struct Scopes {
    pub items: Vec<&'static str>,
}

/// The scopes that you may give to a key.
#[utoipa::path(get, path = "/v1/scopes", tag = "api keys", responses((status = 200, body = Scopes)))]
pub async fn list_scopes(AnyMember(actor): AnyMember) -> Json<Scopes> {
    let mut items = scopes();
    items.retain(|scope| role_has_scope(actor.role, scope) && actor.has_scope(scope));
    Json(Scopes { items })
}
