//! Notes on a partner, for those who look after it. The partner does not see them.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, Timestamp, id, paging::PageQuery};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    note::{Column, Entity, Model},
    store,
};
use crate::{
    App,
    audit::{self, Change},
    identity::permissions::CanEditPartners,
    platform::{
        Answer, Body,
        body::{Params, PathId, long_text},
        labels::Wanted,
    },
};

const NOTE_CHARS_MAX: usize = 4_000;

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "pno_01KAMX4S5T0000000000000000", "author_id": "usr_01KAMX4S5T0000000000000000",
    "text": "Wants banners in Polish.", "at": "2026-11-22T09:30:00.000Z"
}))]
pub struct NoteOut {
    pub id: Id<id::PartnerNote>,
    /// Whose name the list's `labels` tell.
    pub author_id: Id<id::User>,
    pub text: String,
    pub at: Timestamp,
}

impl From<Model> for NoteOut {
    fn from(row: Model) -> Self {
        Self { id: row.id, author_id: row.author_id, text: row.text, at: row.created_at }
    }
}

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"text": "Wants banners in Polish."}))]
pub struct NewNote {
    /// At most 4,000 characters; lines are kept.
    pub text: String,
}

/// Notes on a partner, newest first.
#[utoipa::path(
    get, path = "/v1/partners/{id}/notes", tag = "partners", params(("id" = Id<id::Partner>, Path), PageQuery),
    responses((status = 200, body = Page<NoteOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanEditPartners(actor): CanEditPartners,
    PathId(id): PathId<Id<id::Partner>>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<NoteOut>>> {
    let records = app.records.read();
    store::get(records, actor.tenant, id).await?;
    let mut select = Entity::find().filter(Column::WorkspaceId.eq(actor.tenant.id())).filter(Column::PartnerId.eq(id));
    if let Some(after) = page.after::<id::PartnerNote>()? {
        select = select.filter(Column::Id.lt(after));
    }
    let rows = select.order_by_desc(Column::Id).limit(page.limit() + 1).all(records).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id);
    let wanted = Wanted::default().with(rows.items.iter().map(|row| row.author_id));
    Ok(Json(wanted.beside(rows.map(NoteOut::from), records, actor.tenant).await?))
}

/// Note something about a partner.
#[utoipa::path(
    post, path = "/v1/partners/{id}/notes", tag = "partners", params(("id" = Id<id::Partner>, Path)),
    request_body = NewNote, responses((status = 201, body = NoteOut))
)]
pub async fn add(
    State(app): State<App>,
    CanEditPartners(actor): CanEditPartners,
    PathId(id): PathId<Id<id::Partner>>,
    Body(new): Body<NewNote>,
) -> Answer<(StatusCode, Json<NoteOut>)> {
    let text = long_text("text", &new.text, NOTE_CHARS_MAX)?;
    let write = app.records.begin().await?;
    store::get(&*write, actor.tenant, id).await?;
    let row = Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        partner_id: id,
        author_id: actor.user,
        text,
        created_at: app.ambient.now(),
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    let after = Some(json!({"note_id": row.id}));
    let change = Change { action: "partner.note_added", subject: id.to_string(), before: None, after };
    audit::record(&*write, &app.ambient, &actor, change).await?;
    write.commit().await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}
