//! Searching over HTTP.

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};

use super::find;
use crate::{
    App,
    identity::permissions::CanSearch,
    platform::{Answer, body::Params, folding},
};

const LIMIT_DEFAULT: u64 = 5;
/// Rows of one kind.
pub const LIMIT_MAX: u64 = 20;

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SearchQuery {
    /// At most 100 characters. A part of a name or e-mail address, the beginning of a slug, or a whole id, order id or
    /// click id.
    pub q: String,
    /// Rows of each kind: 1 to 20, 5 unless said.
    #[param(minimum = 1, maximum = 20)]
    pub limit: Option<u64>,
}

/// What a found thing is.
#[derive(Clone, Copy, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FoundKind {
    Partner,
    Offer,
    Link,
    SmartLink,
    Conversion,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "kind": "partner", "id": "prt_01KAMX4S5T0000000000000000", "title": "Blue Media",
    "subtitle": "team@bluemedia.example", "state": "active"
}))]
pub struct Found {
    pub kind: FoundKind,
    pub id: String,
    pub title: String,
    pub subtitle: Option<String>,
    /// Of the thing's own list of states.
    #[schema(value_type = String)]
    pub state: serde_json::Value,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"items": [{
    "kind": "offer", "id": "ofr_01KAMX4S5T0000000000000000", "title": "Riverside spring", "subtitle": null,
    "state": "active"
}]}))]
pub struct FoundList {
    /// Partners, offers, links, smart links and conversions, in this order, each newest first.
    pub items: Vec<Found>,
}

/// Find partners, offers, links, smart links and conversions by name, address, slug, order id or id. Everyone finds what they may see.
#[utoipa::path(
    get, path = "/v1/search", tag = "search", params(SearchQuery), responses((status = 200, body = FoundList))
)]
pub async fn search(
    State(app): State<App>,
    CanSearch(actor): CanSearch,
    Params(query): Params<SearchQuery>,
) -> Answer<Json<FoundList>> {
    let Some(folded) = folding::query(Some(&query.q))? else { return Ok(Json(FoundList { items: Vec::new() })) };
    let limit = query.limit.unwrap_or(LIMIT_DEFAULT).clamp(1, LIMIT_MAX);
    let wanted = find::Wanted { actor: &actor, typed: query.q.trim(), folded: &folded, limit };
    Ok(Json(FoundList { items: find::all(app.records.read(), &wanted).await? }))
}
