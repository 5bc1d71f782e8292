//! Tables of refused calls, and what receipts need to be told of by advertiser.

use sea_orm_migration::{prelude::*, schema::*};

pub struct RefusedCalls;

impl MigrationName for RefusedCalls {
    fn name(&self) -> &str {
        "m0091_refused_calls"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for RefusedCalls {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("refused_calls")
            .col(pk_uuid("id"))
            .col(uuid("workspace_id"))
            .col(uuid_null("advertiser_id"))
            .col(integer("day"))
            .col(string_len("door", 10))
            .col(string_len_null("dialect", 20))
            .col(string_len("reason", 60))
            .col(string_len("advice", 40))
            .col(big_integer("calls"))
            .col(big_integer("first_at"))
            .col(big_integer("last_at"))
            .col(text("message"))
            .col(string_len("remote_ip", 45))
            .col(json_binary("params"))
            .to_owned();
        manager.create_table(table).await?;
        let by_day = Index::create()
            .name("refused_calls_day")
            .table("refused_calls")
            .col("workspace_id")
            .col("day")
            .col("advertiser_id")
            .to_owned();
        manager.create_index(by_day).await?;
        let receipts =
            Table::alter().table("receipts").add_column(boolean("is_test").default(false).to_owned()).to_owned();
        manager.alter_table(receipts).await?;
        let by_advertiser = Index::create()
            .name("receipts_advertiser")
            .table("receipts")
            .col("workspace_id")
            .col("advertiser_id")
            .col("id")
            .to_owned();
        manager.create_index(by_advertiser).await
    }
}

/// Looks at offers, and which are watched.
pub struct Checkups;

impl MigrationName for Checkups {
    fn name(&self) -> &str {
        "m0092_checkups"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Checkups {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let checkups = Table::create()
            .table("checkups")
            .col(pk_uuid("id"))
            .col(uuid("workspace_id"))
            .col(uuid("offer_id"))
            .col(big_integer("at"))
            .col(uuid_null("asked_by"))
            .col(string_len_null("broken_hop", 20))
            .col(string_len_null("reason", 60))
            .col(json_binary("hops"))
            .to_owned();
        manager.create_table(checkups).await?;
        let by_offer = Index::create()
            .name("checkups_offer")
            .table("checkups")
            .col("workspace_id")
            .col("offer_id")
            .col("id")
            .to_owned();
        manager.create_index(by_offer).await?;
        let watched = Table::create()
            .table("watched_offers")
            .col(pk_uuid("offer_id"))
            .col(uuid("workspace_id"))
            .col(uuid("advertiser_id"))
            .col(boolean("is_watched"))
            .col(big_integer_null("checked_at"))
            .col(string_len_null("broken_hop", 20))
            .col(string_len_null("reason", 60))
            .to_owned();
        manager.create_table(watched).await?;
        let by_workspace =
            Index::create().name("watched_offers_workspace").table("watched_offers").col("workspace_id").to_owned();
        manager.create_index(by_workspace).await
    }
}
