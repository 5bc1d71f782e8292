//! The table of what has to be on file.

use sea_orm_migration::{prelude::*, schema::*};

pub struct PayoutRequirements;

impl MigrationName for PayoutRequirements {
    fn name(&self) -> &str {
        "m0217_payout_requirements"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for PayoutRequirements {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("payout_requirements")
            .col(pk_uuid("of_id"))
            .col(uuid("workspace_id"))
            .col(uuid_null("partner_id"))
            .col(json_binary("requires"))
            .col(big_integer("updated_at"))
            .to_owned();
        manager.create_table(table).await?;
        let of_workspace =
            Index::create().name("payout_requirements_of").table("payout_requirements").col("workspace_id").to_owned();
        manager.create_index(of_workspace).await
    }
}

/// Who writes invoices, of all partners or of one.
pub struct BilledBy;

impl MigrationName for BilledBy {
    fn name(&self) -> &str {
        "m0227_billed_by"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for BilledBy {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column =
            Table::alter().table("payout_requirements").add_column(string_len_null("billed_by", 20)).to_owned();
        manager.alter_table(column).await
    }
}
