//! Table of the units of rewards.

use sea_orm_migration::{prelude::*, schema::*};

pub struct RewardUnits;

impl MigrationName for RewardUnits {
    fn name(&self) -> &str {
        "m0192_reward_units"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for RewardUnits {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let units = Table::create()
            .table("reward_units")
            .col(uuid("workspace_id"))
            .col(string_len("code", 12))
            .col(string_len("name", 60))
            .col(integer("decimals"))
            .col(string_len("kind", 10))
            .col(boolean("is_active"))
            .col(big_integer("created_at"))
            .col(big_integer("updated_at"))
            .primary_key(Index::create().col("workspace_id").col("code"))
            .to_owned();
        manager.create_table(units).await
    }
}
