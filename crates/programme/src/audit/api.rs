//! Reading the audit log.

use axum::{Json, extract::State};
use kernel::{Id, Page, Timestamp, id, paging::PageQuery};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde::{Deserialize, Serialize};

use super::{Column, Entity, Model};
use crate::{
    App,
    identity::permissions::CanReadAudit,
    platform::{Answer, body::Params, labels::Wanted, listing::newest_first},
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "aud_01KAMX4S5T0000000000000000", "user_id": "usr_01KAMX4S5T0000000000000000", "action": "offer.updated",
    "subject": "ofr_01KAMX4S5T0000000000000000", "before": {"state": "active"}, "after": {"state": "paused"},
    "at": "2026-11-22T09:30:00.000Z"
}))]
pub struct AuditRowOut {
    pub id: Id<id::AuditRow>,
    pub user_id: Option<Id<id::User>>,
    pub action: String,
    pub subject: String,
    #[schema(value_type = Option<Object>)]
    pub before: Option<serde_json::Value>,
    #[schema(value_type = Option<Object>)]
    pub after: Option<serde_json::Value>,
    pub at: Timestamp,
}

impl From<Model> for AuditRowOut {
    fn from(row: Model) -> Self {
        let Model { id, user_id, action, subject, before, after, at, .. } = row;
        Self { id, user_id, action, subject, before, after, at }
    }
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditFilter {
    /// Only changes of the thing with this id.
    pub subject: Option<String>,
}

/// The audit log, newest first.
#[utoipa::path(
    get, path = "/v1/audit", tag = "audit", params(AuditFilter, PageQuery),
    responses((status = 200, body = Page<AuditRowOut>, example = json!({"items": [{
        "id": "aud_01KAMX4S5T0000000000000000", "user_id": "usr_01KAMX4S5T0000000000000000",
        "action": "offer.updated", "subject": "ofr_01KAMX4S5T0000000000000000", "before": {"state": "active"},
        "after": {"state": "paused"}, "at": "2026-11-22T09:30:00.000Z"
    }], "next_cursor": null})))
)]
pub async fn list(
    State(app): State<App>,
    CanReadAudit(actor): CanReadAudit,
    Params(filter): Params<AuditFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<AuditRowOut>>> {
    let mut select = Entity::find().filter(Column::WorkspaceId.eq(actor.tenant.id()));
    if let Some(subject) = &filter.subject {
        select = select.filter(Column::Subject.eq(subject));
    }
    let rows = newest_first::<_, id::AuditRow>(app.records.read(), select, Column::Id, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id).map(AuditRowOut::from);
    let wanted = Wanted::default()
        .with(rows.items.iter().filter_map(|row| row.user_id))
        .with_printed(rows.items.iter().map(|row| row.subject.as_str()));
    Ok(Json(wanted.beside(rows, app.records.read(), actor.tenant).await?))
}
