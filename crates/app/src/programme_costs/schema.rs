//! Table of programme costs.

use sea_orm_migration::{prelude::*, schema::*};

pub struct ProgrammeCosts;

impl MigrationName for ProgrammeCosts {
    fn name(&self) -> &str {
        "m0152_programme_costs"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for ProgrammeCosts {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("programme_costs")
            .col(pk_uuid("id"))
            .col(uuid("workspace_id"))
            .col(string_len("category", 20))
            .col(string_len("day", 10))
            .col(boolean("is_month"))
            .col(string_len("currency", 8))
            .col(big_integer("amount_minor"))
            .col(uuid_null("partner_id"))
            .col(uuid_null("offer_id"))
            .col(uuid_null("advertiser_id"))
            .col(text_null("note"))
            .col(text_null("file_hash"))
            .col(uuid_null("replaces"))
            .col(uuid("created_by"))
            .col(big_integer("created_at"))
            .col(big_integer_null("removed_at"))
            .col(uuid_null("removed_by"))
            .col(text_null("removal_note"))
            .to_owned();
        manager.create_table(table).await?;
        let by_day = Index::create()
            .name("programme_costs_day")
            .table("programme_costs")
            .col("workspace_id")
            .col("day")
            .to_owned();
        manager.create_index(by_day).await
    }
}
