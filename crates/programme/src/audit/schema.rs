//! Table of the audit log.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Audit;

impl MigrationName for Audit {
    fn name(&self) -> &str {
        "m0003_audit"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Audit {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("audit_rows")
            .col(pk_uuid("id"))
            .col(uuid("workspace_id"))
            .col(uuid_null("user_id"))
            .col(string_len("action", 60))
            .col(string_len("subject", 80))
            .col(json_binary_null("before"))
            .col(json_binary_null("after"))
            .col(big_integer("at"))
            .to_owned();
        manager.create_table(table).await?;
        let by_subject =
            Index::create().name("audit_subject").table("audit_rows").col("workspace_id").col("subject").to_owned();
        manager.create_index(by_subject).await
    }
}

/// The log of a workspace, newest first.
pub struct NewestFirst;

impl MigrationName for NewestFirst {
    fn name(&self) -> &str {
        "m0171_audit_newest_first"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for NewestFirst {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let newest = Index::create().name("audit_newest").table("audit_rows").col("workspace_id").col("id").to_owned();
        manager.create_index(newest).await
    }
}
