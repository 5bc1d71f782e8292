//! Keys with which programs act for a person.

pub mod create;
pub mod list;
pub mod list_scopes;
pub mod revoke;

use kernel::{Id, Timestamp, id};
use serde::Serialize;

use crate::identity::{Actor, Role, entity::api_key};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "key_01KAMX4S5T0000000000000000", "membership_id": "mbr_01KAMX4S5T0000000000000000", "name": "Reporting",
    "hint": "trk_live_p2Zk", "scopes": ["reports:read"], "created_at": "2026-11-22T09:30:00.000Z",
    "expires_at": null, "revoked_at": null
}))]
pub struct ApiKeyOut {
    pub id: Id<id::ApiKey>,
    pub membership_id: Id<id::Membership>,
    pub name: String,
    /// How the key begins, to recognise it by.
    pub hint: String,
    pub scopes: Vec<String>,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
}

impl From<api_key::Model> for ApiKeyOut {
    fn from(row: api_key::Model) -> Self {
        Self {
            id: row.id,
            membership_id: row.membership_id,
            name: row.name,
            hint: row.hint,
            scopes: serde_json::from_value(row.scopes).unwrap_or_default(),
            created_at: row.created_at,
            expires_at: row.expires_at,
            revoked_at: row.revoked_at,
        }
    }
}

/// Owners see and revoke everybody's keys; others their own.
fn sees_all_keys(actor: &Actor) -> bool {
    actor.role == Role::Owner && actor.has_scope("people:write")
}
