//! Questions about workspaces.

use anyhow::Context as _;
use kernel::Tenant;
use sea_orm::{ConnectionTrait, EntityTrait as _};

use super::model::{Entity, Model};
use crate::App;

/// The tenant's own row. A tenant without one is a bug: tenants come from rows.
pub async fn get(conn: &impl ConnectionTrait, tenant: Tenant) -> anyhow::Result<Model> {
    let row = Entity::find_by_id(tenant.id()).one(conn).await?;
    row.ok_or_else(|| anyhow::anyhow!("workspace {} has no row", tenant.id()))
}

/// The workspace's postback token in plain.
pub async fn postback_token(app: &App, tenant: Tenant) -> anyhow::Result<String> {
    let row = get(app.records.read(), tenant).await?;
    let plain = app.secrets.open_sealed(&row.postback_token_sealed).context("open a postback token")?;
    String::from_utf8(plain).context("a postback token is text")
}
