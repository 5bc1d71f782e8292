//! API keys.

use axum::{Json, extract::State};
use kernel::{Page, id, paging::PageQuery};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::{ApiKeyOut, sees_all_keys};
use crate::{
    App,
    identity::{entity::api_key, permissions::AnyMember},
    platform::{Answer, body::Params},
};

/// API keys, newest first: your own, or as an owner everybody's.
#[utoipa::path(
    get, path = "/v1/api-keys", tag = "api keys", params(PageQuery),
    responses((status = 200, body = Page<ApiKeyOut>, example = json!({"items": [{
        "id": "key_01KAMX4S5T0000000000000000", "membership_id": "mbr_01KAMX4S5T0000000000000000",
        "name": "Reporting", "hint": "trk_live_p2Zk", "scopes": ["reports:read"],
        "created_at": "2026-11-22T09:30:00.000Z", "expires_at": null, "revoked_at": null
    }], "next_cursor": null})))
)]
pub async fn list(
    State(app): State<App>,
    AnyMember(actor): AnyMember,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<ApiKeyOut>>> {
    let mut select = api_key::Entity::find().filter(api_key::Column::WorkspaceId.eq(actor.tenant.id()));
    if !sees_all_keys(&actor) {
        select = select.filter(api_key::Column::MembershipId.eq(actor.membership));
    }
    if let Some(after) = page.after::<id::ApiKey>()? {
        select = select.filter(api_key::Column::Id.lt(after));
    }
    let rows = select.order_by_desc(api_key::Column::Id).limit(page.limit() + 1).all(app.records.read()).await?;
    Ok(Json(Page::from_rows(rows, &page, |row| row.id).map(ApiKeyOut::from)))
}
