//! Invitations of the workspace.

use axum::{Json, extract::State};
use kernel::{Page, id, paging::PageQuery};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::InvitationOut;
use crate::{
    App,
    identity::{entity::invitation, permissions::CanInvitePeople},
    platform::{Answer, body::Params, labels::Wanted},
};

/// Invitations, newest first, with what became of them.
#[utoipa::path(
    get, path = "/v1/invitations", tag = "people", params(PageQuery),
    responses((status = 200, body = Page<InvitationOut>, example = json!({"items": [{
        "id": "inv_01KAMX4S5T0000000000000000", "email": "boris@example.com", "role": "analyst", "partner_id": null,
        "advertiser_id": null, "invited_by": "usr_01KAMX4S5T0000000000000000",
        "created_at": "2026-11-22T09:30:00.000Z", "expires_at": "2026-11-29T09:30:00.000Z", "accepted_at": null,
        "revoked_at": null
    }], "next_cursor": null})))
)]
pub async fn list(
    State(app): State<App>,
    CanInvitePeople(actor): CanInvitePeople,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<InvitationOut>>> {
    let mut select = invitation::Entity::find().filter(invitation::Column::WorkspaceId.eq(actor.tenant.id()));
    if let Some(after) = page.after::<id::Invitation>()? {
        select = select.filter(invitation::Column::Id.lt(after));
    }
    let newest_first = select.order_by_desc(invitation::Column::Id);
    let rows = newest_first.limit(page.limit() + 1).all(app.records.read()).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id);
    let wanted = Wanted::default()
        .with(rows.items.iter().filter_map(|row| row.partner_id))
        .with(rows.items.iter().filter_map(|row| row.advertiser_id))
        .with(rows.items.iter().filter_map(|row| row.invited_by));
    Ok(Json(wanted.beside(rows.map(InvitationOut::from), app.records.read(), actor.tenant).await?))
}
