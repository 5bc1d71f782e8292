//! Look at an invitation before accepting it.

use axum::{Json, extract::State};
use kernel::{Refusal, Tenant, Timestamp};
use sea_orm::EntityTrait as _;
use serde::{Deserialize, Serialize};

use crate::{
    App,
    identity::{Role, entity::user, invitations, limits::OneAttempt, places, store},
    platform::{Answer, Body, labels::Wanted},
};

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"token": "p2Zk0m…"}))]
pub struct InvitationToken {
    /// From the link.
    pub token: String,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "workspace_name": "Riverside", "role": "partner", "email": "boris@example.com", "partner_name": "Blue Media",
    "advertiser_name": null, "inviter_name": "Anna", "expires_at": "2026-11-29T09:30:00.000Z", "is_known": false
}))]
pub struct InvitationView {
    pub workspace_name: String,
    pub role: Role,
    pub email: String,
    /// For whom the person will act, with the role `partner`.
    pub partner_name: Option<String>,
    /// For whom the person will act, with the role `advertiser`.
    pub advertiser_name: Option<String>,
    pub inviter_name: Option<String>,
    pub expires_at: Timestamp,
    /// The address has an account with a password: ask for that one, not for a new one.
    pub is_known: bool,
}

/// What an open invitation offers. Whoever holds its token may look.
#[utoipa::path(
    post, path = "/v1/invitations/view", tag = "people", security(()), request_body = InvitationToken,
    responses((status = 200, body = InvitationView))
)]
pub async fn view(
    State(app): State<App>,
    _: OneAttempt,
    Body(body): Body<InvitationToken>,
) -> Answer<Json<InvitationView>> {
    let records = app.records.read();
    let row = invitations::find(records, &body.token, app.ambient.now()).await?;
    let workspace = places::workspaces(records, [row.workspace_id]).await?.remove(&row.workspace_id);
    let own_rows = Wanted::default().with(row.partner_id).with(row.advertiser_id);
    let names = own_rows.read(records, Tenant(row.workspace_id)).await?;
    let inviter = match row.invited_by {
        Some(user) => user::Entity::find_by_id(user).one(records).await?,
        None => None,
    };
    let known = store::user_by_email(records, &row.email).await?;
    Ok(Json(InvitationView {
        workspace_name: workspace.ok_or_else(|| Refusal::not_found("workspace"))?.name,
        role: row.role,
        email: row.email,
        partner_name: row.partner_id.and_then(|id| names.get(&id.to_string()).cloned()),
        advertiser_name: row.advertiser_id.and_then(|id| names.get(&id.to_string()).cloned()),
        inviter_name: inviter.map(|person| person.name),
        expires_at: row.expires_at,
        is_known: known.is_some_and(|known| known.1.is_some()),
    }))
}
