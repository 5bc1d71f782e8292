//! Tables of payouts.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Payouts;

impl MigrationName for Payouts {
    fn name(&self) -> &str {
        "m0030_payouts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Payouts {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(batches()).await?;
        manager.create_table(payouts()).await?;
        let by_workspace =
            Index::create().name("payout_batches_workspace").table("payout_batches").col("workspace_id").to_owned();
        manager.create_index(by_workspace).await?;
        let by_batch = Index::create()
            .name("payouts_batch_partner")
            .table("payouts")
            .col("batch_id")
            .col("partner_id")
            .unique()
            .to_owned();
        manager.create_index(by_batch).await?;
        let by_partner =
            Index::create().name("payouts_partner").table("payouts").col("workspace_id").col("partner_id").to_owned();
        manager.create_index(by_partner).await
    }
}

fn batches() -> TableCreateStatement {
    Table::create()
        .table("payout_batches")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(string_len("currency", 8))
        .col(string_len("method", 20))
        .col(string_len("frozen_hash", 64))
        .col(big_integer("payout_count"))
        .col(big_integer("total_minor"))
        .col(uuid("created_by"))
        .col(big_integer("created_at"))
        .to_owned()
}

fn payouts() -> TableCreateStatement {
    Table::create()
        .table("payouts")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("batch_id"))
        .col(uuid("partner_id"))
        .col(string_len("payee_name", 200))
        .col(string_len("payee_email", 254))
        .col(string_len("currency", 8))
        .col(big_integer("amount_minor"))
        .col(big_integer("debt_offset_minor"))
        .col(string_len("state", 20))
        .col(text_null("reference"))
        .col(text_null("failure_reason"))
        .col(big_integer("created_at"))
        .col(big_integer_null("settled_at"))
        .to_owned()
}

/// What was exchanged for a payout.
pub struct Exchanged;

impl MigrationName for Exchanged {
    fn name(&self) -> &str {
        "m0117_payout_exchanges"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Exchanged {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = json_binary("exchanges").default("[]").to_owned();
        manager.alter_table(Table::alter().table("payouts").add_column(column).to_owned()).await
    }
}
