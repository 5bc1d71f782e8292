//! Alerts and their rules by the tenant.

use kernel::{Id, Refusal, Tenant, id};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, Select, sea_query::OnConflict,
};

use super::{
    built_in::{BUILT_IN, BuiltIn},
    entity::{
        alert,
        rule::{self, People},
    },
};
use crate::{App, platform::Answer};

pub fn alerts_of(tenant: Tenant) -> Select<alert::Entity> {
    alert::Entity::find().filter(alert::Column::WorkspaceId.eq(tenant.id()))
}

/// Those that were not taken away.
pub fn rules_of(tenant: Tenant) -> Select<rule::Entity> {
    rule::Entity::find()
        .filter(rule::Column::WorkspaceId.eq(tenant.id()))
        .filter(rule::Column::RemovedAt.is_null())
        .order_by_asc(rule::Column::Id)
}

pub async fn alert(conn: &impl ConnectionTrait, tenant: Tenant, id: Id<id::Alert>) -> Answer<alert::Model> {
    let row = alerts_of(tenant).filter(alert::Column::Id.eq(id)).one(conn).await?;
    row.ok_or_else(|| Refusal::not_found("alert").into())
}

pub async fn rule(conn: &impl ConnectionTrait, tenant: Tenant, id: Id<id::AlertRule>) -> Answer<rule::Model> {
    let row = rules_of(tenant).filter(rule::Column::Id.eq(id)).one(conn).await?;
    row.ok_or_else(|| Refusal::not_found("alert rule").into())
}

/// Gives the workspace the rules that come with the program and that it does not have.
pub async fn bring_built_in(app: &App, tenant: Tenant) -> anyhow::Result<()> {
    let known = rules_of(tenant).filter(rule::Column::BuiltIn.is_not_null()).all(app.records.read()).await?;
    let missing = BUILT_IN.into_iter().filter(|one| !known.iter().any(|rule| rule.built_in == Some(*one)));
    let rows: Vec<_> = missing.map(|one| built_in(app, tenant, one)).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let write = app.records.begin().await?;
    let once = OnConflict::columns([rule::Column::WorkspaceId, rule::Column::BuiltIn]).do_nothing().to_owned();
    rule::Entity::insert_many(rows).on_conflict(once).exec_without_returning(&*write).await?;
    write.commit().await?;
    Ok(())
}

fn built_in(app: &App, tenant: Tenant, one: BuiltIn) -> rule::ActiveModel {
    let row = rule::Model {
        id: app.ambient.new_id(),
        workspace_id: tenant.id(),
        built_in: Some(one),
        name: one.name("en").to_owned(),
        watch: one.watch(),
        is_on: true,
        mails: one.mails(),
        people: People::default(),
        created_by: None,
        created_at: app.ambient.now(),
        removed_at: None,
        looked_to: None,
        problem: None,
    };
    row.into_active_model().reset_all()
}
