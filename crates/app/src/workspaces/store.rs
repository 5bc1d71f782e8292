//! Questions about workspaces.

use kernel::Tenant;
use sea_orm::{ConnectionTrait, EntityTrait as _};

use super::model::{Entity, Model};

/// The tenant's own row. A tenant without one is a bug: tenants come from rows.
pub async fn get(conn: &impl ConnectionTrait, tenant: Tenant) -> anyhow::Result<Model> {
    let row = Entity::find_by_id(tenant.id()).one(conn).await?;
    row.ok_or_else(|| anyhow::anyhow!("workspace {} has no row", tenant.id()))
}
