//! Tables of units and rates.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Currencies;

impl MigrationName for Currencies {
    fn name(&self) -> &str {
        "m0113_currencies"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Currencies {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let units = Table::create()
            .table("currency_units")
            .col(uuid("workspace_id"))
            .col(string_len("code", 8))
            .col(big_integer("created_at"))
            .primary_key(Index::create().col("workspace_id").col("code"))
            .to_owned();
        let rates = Table::create()
            .table("reference_rates")
            .col(uuid("workspace_id"))
            .col(string_len("currency", 8))
            .col(string_len("day", 10))
            .col(big_integer("numerator"))
            .col(big_integer("denominator"))
            .col(string_len("source", 20))
            .col(uuid_null("user_id"))
            .col(big_integer("created_at"))
            .primary_key(Index::create().col("workspace_id").col("currency").col("day"))
            .to_owned();
        manager.create_table(units).await?;
        manager.create_table(rates).await
    }
}
