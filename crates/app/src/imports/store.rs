//! Questions about imports.

use std::collections::HashMap;

use kernel::{Id, Refusal, Tenant, id, paging::PageQuery};
use sea_orm::{
    ConnectionTrait, ExprTrait as _, IntoActiveModel as _, QueryOrder as _, QuerySelect as _, entity::prelude::*,
    sea_query::OnConflict,
};
use serde::Deserialize;

use super::{
    entity::{file, finding, import, imported_row, saved_mapping},
    model::{FindingCode, ImportKind, Mapping},
};
use crate::platform::{Answer, listing::newest_first};

const CHUNK: usize = 500;

pub async fn get(conn: &impl ConnectionTrait, tenant: Tenant, id: Id<id::Import>) -> Answer<import::Model> {
    let mine = import::Column::WorkspaceId.eq(tenant.id()).and(import::Column::Id.eq(id));
    import::Entity::find().filter(mine).one(conn).await?.ok_or_else(|| Refusal::not_found("import").into())
}

/// One row more than the page holds, newest first.
pub async fn page(conn: &impl ConnectionTrait, tenant: Tenant, page: &PageQuery) -> Answer<Vec<import::Model>> {
    let mine = import::Entity::find().filter(import::Column::WorkspaceId.eq(tenant.id()));
    newest_first::<_, id::Import>(conn, mine, import::Column::Id, page).await
}

/// The files of imports, in the order in which they are imported.
pub async fn files_of(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    imports: impl IntoIterator<Item = Id<id::Import>>,
) -> Result<Vec<file::Model>, DbErr> {
    let mine = file::Column::WorkspaceId.eq(tenant.id()).and(file::Column::ImportId.is_in(imports));
    let mut files = file::Entity::find().filter(mine).all(conn).await?;
    files.sort_by_key(|file| (file.import_id, file.kind));
    Ok(files)
}

pub async fn file(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    import: Id<id::Import>,
    kind: ImportKind,
) -> Answer<file::Model> {
    let files = files_of(conn, tenant, [import]).await?;
    files.into_iter().find(|file| file.kind == kind).ok_or_else(|| Refusal::not_found("file").into())
}

/// The mapping with which this system's files of a kind were last read.
pub async fn saved_mapping(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    system: &str,
    kind: ImportKind,
) -> Result<Option<Mapping>, DbErr> {
    use saved_mapping::Column;
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::System.eq(system)).and(Column::Kind.eq(kind));
    Ok(saved_mapping::Entity::find().filter(mine).one(conn).await?.map(|row| row.mapping))
}

pub async fn save_mapping(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    system: &str,
    kind: ImportKind,
    mapping: &Mapping,
) -> Result<(), DbErr> {
    use saved_mapping::Column;
    let row =
        saved_mapping::Model { workspace_id: tenant.id(), system: system.to_owned(), kind, mapping: mapping.clone() };
    let known = OnConflict::columns([Column::WorkspaceId, Column::System, Column::Kind])
        .update_column(Column::Mapping)
        .to_owned();
    let insert = saved_mapping::Entity::insert(row.into_active_model()).on_conflict(known);
    insert.exec_without_returning(conn).await.map(drop)
}

/// What rows of a system became that were imported before, by their ids there.
pub async fn known(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    (system, kind): (&str, ImportKind),
    ids: &[String],
) -> Result<HashMap<String, Uuid>, DbErr> {
    use imported_row::Column;
    let mut found = HashMap::new();
    for chunk in ids.chunks(CHUNK) {
        let same = Column::WorkspaceId
            .eq(tenant.id())
            .and(Column::System.eq(system))
            .and(Column::Kind.eq(kind))
            .and(Column::ExternalId.is_in(chunk.iter().map(String::as_str)));
        let rows = imported_row::Entity::find().filter(same).all(conn).await?;
        found.extend(rows.into_iter().map(|row| (row.external_id, row.subject_id)));
    }
    Ok(found)
}

/// Which findings a list shows.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FindingFilter {
    pub kind: Option<ImportKind>,
    pub code: Option<FindingCode>,
}

/// Up to `limit` findings after `after`, in the order of their lines.
pub async fn findings(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    import: Id<id::Import>,
    filter: &FindingFilter,
    (after, limit): (Option<Id<id::ImportFinding>>, u64),
) -> Result<Vec<finding::Model>, DbErr> {
    use finding::Column;
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::ImportId.eq(import));
    let wanted = [
        after.map(|after| Column::Id.gt(after)),
        filter.kind.map(|kind| Column::Kind.eq(kind)),
        filter.code.map(|code| Column::Code.eq(code)),
    ];
    let all = finding::Entity::find().filter(mine);
    let select = wanted.into_iter().flatten().fold(all, |select, wish| select.filter(wish));
    select.order_by_asc(Column::Id).limit(limit).all(conn).await
}
