//! Beginning an import, setting what holds for all of it, and throwing it away.

use kernel::{Id, Refusal, RefusalCode, id};
use sea_orm::{ConnectionTrait, IntoActiveModel as _, entity::prelude::*};
use serde::Deserialize;
use serde_json::json;

use super::{
    entity::{file, finding, import},
    model::{ImportOptions, ImportPlatform, ImportState},
    rules::values,
    store,
};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    platform::{Answer, body::short_text},
    workspaces,
};

const SYSTEM_CHARS_MAX: usize = 30;

/// An import to be.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"platform": "tune", "timezone": "America/New_York", "currency": "USD"}))]
pub struct NewImport {
    pub platform: ImportPlatform,
    /// What the ids of another platform are kept under, such as `cake`; only with `other`.
    pub system: Option<String>,
    #[serde(flatten)]
    pub options: ImportOptionsIn,
}

/// What holds for all of an import; what is absent stays, or is as in the workspace.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"timezone": "America/New_York", "postbacks_without_token": true}))]
pub struct ImportOptionsIn {
    /// IANA name, for times that say none.
    pub timezone: Option<String>,
    /// For amounts that say none.
    pub currency: Option<String>,
    /// The advertisers' postbacks carry no token: click ids alone vouch for them. For the advertisers it makes.
    pub postbacks_without_token: Option<bool>,
}

impl ImportOptionsIn {
    fn put_into(&self, mut options: ImportOptions) -> Result<ImportOptions, Refusal> {
        if let Some(timezone) = &self.timezone {
            kernel::time::zone(timezone)?;
            options.timezone.clone_from(timezone);
        }
        if let Some(code) = &self.currency {
            let unknown = || Refusal::new(RefusalCode::BadCurrency, format!("{code:.16} is no ISO 4217 currency"));
            options.currency = values::currency(code).ok_or_else(unknown)?.to_string();
        }
        options.postbacks_without_token = self.postbacks_without_token.unwrap_or(options.postbacks_without_token);
        Ok(options)
    }
}

/// Begins an import; nothing is read yet.
pub async fn begin(app: &App, actor: &Actor, new: NewImport) -> Answer<import::Model> {
    let write = app.records.begin().await?;
    let workspace = workspaces::store::get(&*write, actor.tenant).await?;
    let as_here = ImportOptions {
        timezone: workspace.timezone.clone(),
        currency: workspace.reporting_currency.clone(),
        postbacks_without_token: false,
    };
    let row = import::Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        platform: new.platform,
        system: system(&new)?,
        state: ImportState::Collecting,
        options: new.options.put_into(as_here)?,
        user_id: actor.user,
        membership_id: actor.membership,
        role: actor.role,
        created_at: app.ambient.now(),
        started_at: None,
        finished_at: None,
    };
    import::Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    remember(app, &*write, actor, "import.begun", &row).await?;
    write.commit().await?;
    Ok(row)
}

fn system(new: &NewImport) -> Result<String, Refusal> {
    if let Some(dialect) = new.platform.dialect() {
        return Ok(dialect.code().to_owned());
    }
    let system = short_text("system", new.system.as_deref().unwrap_or("other"), SYSTEM_CHARS_MAX)?;
    let plain = system.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if plain { Ok(system) } else { Err(Refusal::field("system", "must be lower-case letters, digits and _")) }
}

/// Changes what holds for all of an import.
pub async fn set_options(
    app: &App,
    actor: &Actor,
    id: Id<id::Import>,
    wanted: ImportOptionsIn,
) -> Answer<import::Model> {
    let write = app.records.begin().await?;
    let mut row = store::get(&*write, actor.tenant, id).await?;
    require_open(&row)?;
    row.options = wanted.put_into(row.options)?;
    row.state = ImportState::Collecting;
    import::Entity::update(row.clone().into_active_model().reset_all()).exec_without_returning(&*write).await?;
    write.commit().await?;
    Ok(row)
}

pub fn require_open(row: &import::Model) -> Result<(), Refusal> {
    if row.state.is_open() {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::IllegalMove, "this import has begun to run: its files and settings stay as they are"))
}

/// Throws away an import that has not run, with its files and findings.
pub async fn discard(app: &App, actor: &Actor, id: Id<id::Import>) -> Answer<()> {
    let write = app.records.begin().await?;
    let row = store::get(&*write, actor.tenant, id).await?;
    require_open(&row)?;
    finding::Entity::delete_many().filter(finding::Column::ImportId.eq(id)).exec(&*write).await?;
    file::Entity::delete_many().filter(file::Column::ImportId.eq(id)).exec(&*write).await?;
    import::Entity::delete_by_id(id).exec(&*write).await?;
    remember(app, &*write, actor, "import.discarded", &row).await?;
    write.commit().await?;
    remove_files(app, id).await;
    Ok(())
}

/// Best effort: files that stay take room and nothing else.
pub async fn remove_files(app: &App, id: Id<id::Import>) {
    let folder = app.imports_folder.join(id.to_string());
    if let Err(error) = tokio::fs::remove_dir_all(&folder).await
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(%error, folder = %folder.display(), "uploaded files could not be removed");
    }
}

pub async fn remember(
    app: &App,
    conn: &impl ConnectionTrait,
    actor: &Actor,
    action: &str,
    row: &import::Model,
) -> Result<(), DbErr> {
    let after = Some(json!({"platform": row.platform, "system": row.system, "options": row.options}));
    let change = Change { action, subject: row.id.to_string(), before: None, after };
    audit::record(conn, &app.ambient, actor, change).await
}
