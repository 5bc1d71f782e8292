//! The mapping that was agreed with an advertiser.

use kernel::{Id, Refusal, RefusalCode, Tenant, id};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _};
use serde_json::json;

use super::{
    entity::mapping::{Column, Entity, Model},
    model::{AgreedMapping, FiguresKind},
};
use crate::{
    App, advertisers,
    audit::{self, Change},
    currencies,
    identity::Actor,
    platform::Answer,
};

/// The mapping of an advertiser of the tenant.
pub async fn find(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertiser: Id<id::Advertiser>,
) -> Answer<Option<Model>> {
    let query = Entity::find_by_id(advertiser).filter(Column::WorkspaceId.eq(tenant.id()));
    Ok(query.one(conn).await?)
}

/// Agrees on another mapping; what was compared before keeps its own.
pub async fn set(app: &App, actor: &Actor, advertiser: Id<id::Advertiser>, mapping: AgreedMapping) -> Answer<Model> {
    check(&mapping)?;
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    advertisers::store::get(&*write, actor.tenant, advertiser).await?;
    currencies::store::require_usable(&*write, actor.tenant, mapping.reading.currency).await?;
    let before = find(&*write, actor.tenant, advertiser).await?.map(|row| json!(row.mapping));
    let after = Some(json!(mapping));
    let row = Model {
        advertiser_id: advertiser,
        workspace_id: actor.tenant.id(),
        mapping,
        updated_by: actor.user,
        updated_at: app.ambient.now(),
    };
    Entity::delete_by_id(advertiser).exec(&*write).await?;
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    let change = Change { action: "reconciliation.mapping_set", subject: advertiser.to_string(), before, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(row)
}

fn check(mapping: &AgreedMapping) -> Result<(), Refusal> {
    kernel::time::zone(&mapping.reading.time_zone)?;
    let whole = match mapping.kind() {
        FiguresKind::Rows => mapping.reading.check_rows(),
        FiguresKind::Totals => mapping.reading.check_totals(),
    };
    whole.map_err(|error| Refusal::new(RefusalCode::BadFigures, error.to_string()))
}
