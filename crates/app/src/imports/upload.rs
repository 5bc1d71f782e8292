//! Uploading a file: streamed to the data folder, then its head is read.

use std::path::Path;

use anyhow::Context as _;
use axum::body::Body;
use http_body_util::BodyExt as _;
use kernel::{Id, Refusal, RefusalCode, id};
use sea_orm::{ExprTrait as _, IntoActiveModel as _, entity::prelude::*};
use tokio::{fs, io::AsyncWriteExt as _};

use super::{
    begin::require_open,
    entity::{file, finding, import},
    file as uploaded,
    model::{ImportKind, ImportState, Mapping, SampledColumns, Tally},
    platforms, store,
};
use crate::{App, identity::Actor, platform::Answer};

/// Largest file, in bytes.
pub const UPLOAD_BYTES_MAX: u64 = 4 << 30;
const NAME_CHARS_MAX: usize = 200;

/// Takes a file in, in place of the one of its kind that was there.
pub async fn take(
    app: &App,
    actor: &Actor,
    (import, kind): (Id<id::Import>, ImportKind),
    name: Option<&str>,
    body: Body,
) -> Answer<file::Model> {
    require_open(&store::get(app.records.read(), actor.tenant, import).await?)?;
    let path = uploaded::path(&app.imports_folder, import, kind);
    let partial = path.with_extension(format!("{:032x}", u128::from_be_bytes(app.ambient.random_bytes())));
    fs::create_dir_all(path.parent().context("a file lies in a folder")?).await.map_err(anyhow::Error::new)?;
    let taken = keep(&partial, body).await;
    let taken = match taken {
        Ok(bytes) => read_head(&partial).await.map(|head| (bytes, head)),
        Err(problem) => Err(problem),
    };
    let (bytes, head) = match taken {
        Ok(taken) => taken,
        Err(problem) => {
            // Only a leftover: the next upload has another name.
            let _ = fs::remove_file(&partial).await;
            return Err(problem);
        }
    };
    fs::rename(&partial, &path).await.map_err(anyhow::Error::new)?;
    note(app, actor, (import, kind), name, (bytes, head)).await
}

async fn keep(path: &Path, mut body: Body) -> Answer<u64> {
    let mut file = fs::File::create(path).await.context("make a file for an upload")?;
    let mut bytes = 0;
    while let Some(frame) = body.frame().await {
        let broken = |_| Refusal::new(RefusalCode::BadBody, "the upload broke off");
        let Ok(data) = frame.map_err(broken)?.into_data() else { continue };
        bytes += data.len() as u64;
        if bytes > UPLOAD_BYTES_MAX {
            return Err(Refusal::new(RefusalCode::BodyTooLarge, "a file has at most 4 GiB").into());
        }
        file.write_all(&data).await.context("write an upload")?;
    }
    file.sync_all().await.context("write an upload")?;
    Ok(bytes)
}

async fn read_head(path: &Path) -> Answer<uploaded::Head> {
    let path = path.to_owned();
    let head = tokio::task::spawn_blocking(move || uploaded::head(&path)).await.context("read an upload")??;
    Ok(head?)
}

async fn note(
    app: &App,
    actor: &Actor,
    (import, kind): (Id<id::Import>, ImportKind),
    name: Option<&str>,
    (bytes, head): (u64, uploaded::Head),
) -> Answer<file::Model> {
    let write = app.records.begin().await?;
    let mut owner = store::get(&*write, actor.tenant, import).await?;
    require_open(&owner)?;
    let mapping = mapping_for(&*write, actor, &owner, kind, &head).await?;
    let row = file::Model {
        import_id: import,
        kind,
        workspace_id: actor.tenant.id(),
        file_name: name.unwrap_or(kind.code()).chars().filter(|c| !c.is_control()).take(NAME_CHARS_MAX).collect(),
        bytes: bytes as i64,
        delimiter: char::from(head.delimiter).to_string(),
        columns: SampledColumns(head.columns),
        data_at: head.data_at as i64,
        mapping,
        next_at: head.data_at as i64,
        next_line: 2,
        is_read: false,
        checked: None,
        tally: Tally::default(),
        findings_count: 0,
        uploaded_at: app.ambient.now(),
    };
    drop_rows(&*write, import, kind).await?;
    file::Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    owner.state = ImportState::Collecting;
    import::Entity::update(owner.into_active_model().reset_all()).exec_without_returning(&*write).await?;
    write.commit().await?;
    Ok(row)
}

/// The mapping of this system's last file where it fits, else what the names of the columns suggest.
async fn mapping_for(
    conn: &impl sea_orm::ConnectionTrait,
    actor: &Actor,
    owner: &import::Model,
    kind: ImportKind,
    head: &uploaded::Head,
) -> Answer<Mapping> {
    let names: Vec<String> = head.columns.iter().map(|column| column.name.clone()).collect();
    let saved = store::saved_mapping(conn, actor.tenant, &owner.system, kind).await?;
    let fits = |mapping: &Mapping| mapping.columns.values().all(|column| names.contains(column));
    Ok(saved.filter(fits).unwrap_or_else(|| platforms::guess(owner.platform, kind, &names)))
}

async fn drop_rows(
    conn: &impl sea_orm::ConnectionTrait,
    import: Id<id::Import>,
    kind: ImportKind,
) -> Result<(), DbErr> {
    let findings = finding::Column::ImportId.eq(import).and(finding::Column::Kind.eq(kind));
    finding::Entity::delete_many().filter(findings).exec(conn).await?;
    let same = file::Column::ImportId.eq(import).and(file::Column::Kind.eq(kind));
    file::Entity::delete_many().filter(same).exec(conn).await.map(drop)
}

/// Takes a file out again.
pub async fn remove(app: &App, actor: &Actor, import: Id<id::Import>, kind: ImportKind) -> Answer<()> {
    let write = app.records.begin().await?;
    let mut owner = store::get(&*write, actor.tenant, import).await?;
    require_open(&owner)?;
    store::file(&*write, actor.tenant, import, kind).await?;
    drop_rows(&*write, import, kind).await?;
    owner.state = ImportState::Collecting;
    import::Entity::update(owner.into_active_model().reset_all()).exec_without_returning(&*write).await?;
    write.commit().await?;
    // Only a leftover: it goes with the import.
    let _ = fs::remove_file(uploaded::path(&app.imports_folder, import, kind)).await;
    Ok(())
}
