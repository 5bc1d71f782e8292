//! Table of tracking domains.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Domains;

impl MigrationName for Domains {
    fn name(&self) -> &str {
        "m0014_domains"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Domains {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("tracking_domains")
            .col(pk_uuid("id"))
            .col(uuid("workspace_id"))
            .col(uuid_null("partner_id"))
            .col(string_len("host", 253).unique_key())
            .col(json_binary("dialects"))
            .col(string_len("state", 20))
            .col(big_integer("created_at"))
            .to_owned();
        manager.create_table(table).await?;
        let by_workspace =
            Index::create().name("tracking_domains_workspace").table("tracking_domains").col("workspace_id").to_owned();
        manager.create_index(by_workspace).await
    }
}
