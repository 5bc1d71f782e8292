//! The workspace one is in.

use axum::{Json, extract::State};
use kernel::{Decimal8, Id, Timestamp, id};
use serde::Serialize;

use crate::{
    App,
    identity::{Actor, Role, permissions::AnyMember},
    platform::Answer,
    workspaces::{
        model::{Model, TagConsent},
        store,
    },
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "wsp_01KAMX4S5T0000000000000000", "name": "Riverside", "timezone": "Europe/Warsaw",
    "reporting_currency": "EUR", "fallback_url": null, "tag_consent": "off",
    "margin_floor": "10", "payee_change_wait_hours": 48, "created_at": "2026-11-22T09:30:00.000Z"
}))]
pub struct WorkspaceOut {
    pub id: Id<id::Workspace>,
    pub name: String,
    pub timezone: String,
    pub reporting_currency: String,
    pub fallback_url: Option<String>,
    pub tag_consent: TagConsent,
    /// Per cent of what is charged that plans must leave; for staff alone.
    pub margin_floor: Option<Decimal8>,
    /// Hours that a changed account of a partner waits once it is confirmed.
    pub payee_change_wait_hours: i32,
    pub created_at: Timestamp,
}

impl WorkspaceOut {
    pub fn of(row: Model, actor: &Actor) -> Self {
        let is_staff = !matches!(actor.role, Role::Partner | Role::Advertiser);
        let margin_floor = row.margin_floor().filter(|_| is_staff);
        let payee_change_wait_hours = row.payee_change_wait_hours;
        let Model { id, name, timezone, reporting_currency, fallback_url, tag_consent, created_at, .. } = row;
        Self {
            id,
            name,
            timezone,
            reporting_currency,
            fallback_url,
            tag_consent,
            margin_floor,
            payee_change_wait_hours,
            created_at,
        }
    }
}

/// The workspace of this key or session.
#[utoipa::path(get, path = "/v1/workspace", tag = "workspaces", responses((status = 200, body = WorkspaceOut)))]
pub async fn show(State(app): State<App>, AnyMember(actor): AnyMember) -> Answer<Json<WorkspaceOut>> {
    Ok(Json(WorkspaceOut::of(store::get(app.records.read(), actor.tenant).await?, &actor)))
}
