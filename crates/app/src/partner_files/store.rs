//! Files in the records.

use anyhow::Context as _;
use axum::{
    http::header,
    response::{IntoResponse as _, Response},
};
use kernel::{Refusal, Tenant};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, prelude::Uuid,
};

use super::{
    entity::{Column, Entity, Model},
    kinds::FileKind,
};
use crate::{App, platform::Answer};

/// Keeps a file of the row `of`, in the caller's transaction.
pub async fn keep(conn: &impl ConnectionTrait, app: &App, (tenant, of): (Tenant, Uuid), content: &[u8]) -> Answer<()> {
    let content_sealed = app.secrets.seal(&app.ambient, content);
    let row = Model { of_id: of, workspace_id: tenant.id(), content_sealed };
    Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

/// The file as an answer that browsers save and never show. Who may read it was asked before.
pub async fn answer(app: &App, (tenant, of): (Tenant, Uuid), (name, kind): (&str, FileKind)) -> Answer<Response> {
    let query = Entity::find_by_id(of).filter(Column::WorkspaceId.eq(tenant.id()));
    let row = query.one(app.records.read()).await?.ok_or_else(|| Refusal::not_found("file"))?;
    let content = app.secrets.open_sealed(&row.content_sealed).context("open a partner's file")?;
    let head = [
        (header::CONTENT_TYPE, kind.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.{}\"", kind.ending())),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((head, content).into_response())
}
