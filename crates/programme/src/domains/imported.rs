//! Workspaces that brought clicks of another platform along: there a click id of that platform's form is looked up before it
//! is refused.

use edge::dialect::Dialect;
use kernel::{Id, Tenant, Timestamp, id};
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*, sea_query::OnConflict};
use sea_orm_migration::{
    prelude::{Index, MigrationName, MigrationTrait, SchemaManager, Table},
    schema::*,
};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "imported_click_systems")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: Id<id::Workspace>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub dialect: String,
    pub since: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

/// Says that the workspace has clicks of this platform. Tell the edge with [`RouteNews::ImportedClicks`].
///
/// [`RouteNews::ImportedClicks`]: crate::news::RouteNews::ImportedClicks
pub async fn note(conn: &impl ConnectionTrait, tenant: Tenant, dialect: Dialect, now: Timestamp) -> Result<(), DbErr> {
    let row = ActiveModel { workspace_id: Set(tenant.id()), dialect: Set(dialect.code().to_owned()), since: Set(now) };
    let known = OnConflict::columns([Column::WorkspaceId, Column::Dialect]).do_nothing().to_owned();
    Entity::insert(row).on_conflict(known).exec_without_returning(conn).await.map(drop)
}

/// Whether that was said before.
pub async fn has(conn: &impl ConnectionTrait, tenant: Tenant, dialect: Dialect) -> Result<bool, DbErr> {
    Ok(Entity::find_by_id((tenant.id(), dialect.code().to_owned())).one(conn).await?.is_some())
}

pub struct ImportedClickSystems;

impl MigrationName for ImportedClickSystems {
    fn name(&self) -> &str {
        "m0085_imported_click_systems"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for ImportedClickSystems {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut key = Index::create();
        key.name("imported_click_systems_key").col("workspace_id").col("dialect");
        let table = Table::create()
            .table("imported_click_systems")
            .col(uuid("workspace_id"))
            .col(string_len("dialect", 20))
            .col(big_integer("since"))
            .primary_key(&mut key)
            .to_owned();
        manager.create_table(table).await
    }
}
