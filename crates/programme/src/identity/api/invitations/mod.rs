//! Asking people in.

pub mod accept;
pub mod create;
pub mod list;
pub mod revoke;
pub mod view;

use kernel::{Id, Timestamp, id};
use serde::Serialize;
use serde_json::json;

use crate::identity::{Role, entity::invitation};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "inv_01KAMX4S5T0000000000000000", "email": "boris@example.com", "role": "partner",
    "partner_id": "prt_01KAMX4S5T0000000000000000", "advertiser_id": null,
    "invited_by": "usr_01KAMX4S5T0000000000000000", "created_at": "2026-11-22T09:30:00.000Z",
    "expires_at": "2026-11-29T09:30:00.000Z", "accepted_at": null, "revoked_at": null
}))]
pub struct InvitationOut {
    pub id: Id<id::Invitation>,
    pub email: String,
    pub role: Role,
    pub partner_id: Option<Id<id::Partner>>,
    pub advertiser_id: Option<Id<id::Advertiser>>,
    pub invited_by: Option<Id<id::User>>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub accepted_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
    /// The link to pass on by hand: told once, to whom makes the invitation, and only where no mail server is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl From<invitation::Model> for InvitationOut {
    fn from(row: invitation::Model) -> Self {
        let invitation::Model { id, email, role, partner_id, advertiser_id, invited_by, .. } = row;
        let invitation::Model { created_at, expires_at, accepted_at, revoked_at, .. } = row;
        Self {
            id,
            email,
            role,
            partner_id,
            advertiser_id,
            invited_by,
            created_at,
            expires_at,
            accepted_at,
            revoked_at,
            url: None,
        }
    }
}

/// What the audit log keeps of an invitation.
fn remembered(row: &invitation::Model) -> serde_json::Value {
    json!({
        "email": row.email, "role": row.role, "partner_id": row.partner_id, "advertiser_id": row.advertiser_id
    })
}
