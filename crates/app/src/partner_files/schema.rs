//! The table of files that partners hand in.

use sea_orm_migration::{prelude::*, schema::*};

pub struct PartnerFiles;

impl MigrationName for PartnerFiles {
    fn name(&self) -> &str {
        "m0215_partner_files"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for PartnerFiles {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("partner_files")
            .col(pk_uuid("of_id"))
            .col(uuid("workspace_id"))
            .col(blob("content_sealed"))
            .to_owned();
        manager.create_table(table).await
    }
}
