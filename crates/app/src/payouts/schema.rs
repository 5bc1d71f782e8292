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

/// Who agreed to a batch, when it was sent, with which accounts; how the workspace pays.
pub struct Sending;

impl MigrationName for Sending {
    fn name(&self) -> &str {
        "m0220_payout_sending"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Sending {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in sending_of_batches() {
            manager.alter_table(Table::alter().table("payout_batches").add_column(column).to_owned()).await?;
        }
        for column in [
            binary_null("account_sealed"),
            text_null("account_shown"),
            string_len_null("provider_item_id", 64),
            string_len_null("provider_state", 40),
        ] {
            manager.alter_table(Table::alter().table("payouts").add_column(column).to_owned()).await?;
        }
        manager.create_table(payers()).await?;
        let limits = Table::create()
            .table("payout_approval_limits")
            .col(pk_uuid("workspace_id"))
            .col(big_integer("limit_minor"))
            .to_owned();
        manager.create_table(limits).await?;
        let by_state =
            Index::create().name("payout_batches_state").table("payout_batches").col("state").col("look_at").to_owned();
        manager.create_index(by_state).await
    }
}

fn sending_of_batches() -> [ColumnDef; 13] {
    [
        string_len("state", 24).default("approved").to_owned(),
        big_integer("touched_at").default(0).to_owned(),
        string_len_null("pay_on", 10),
        binary_null("payer_sealed"),
        uuid_null("approved_by"),
        big_integer_null("approved_at"),
        uuid_null("sent_by"),
        big_integer_null("sent_at"),
        big_integer_null("file_given_at"),
        big_integer_null("first_sent_at"),
        string_len_null("provider_batch_id", 64),
        text_null("trouble"),
        big_integer_null("look_at"),
    ]
}

fn payers() -> TableCreateStatement {
    Table::create()
        .table("payout_payers")
        .col(uuid("workspace_id"))
        .col(string_len("method", 20))
        .col(binary("settings_sealed"))
        .col(uuid("changed_by"))
        .col(big_integer("changed_at"))
        .primary_key(Index::create().col("workspace_id").col("method"))
        .to_owned()
}

/// When partners are paid by themselves.
pub struct Schedules;

impl MigrationName for Schedules {
    fn name(&self) -> &str {
        "m0221_payout_schedules"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Schedules {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("payout_schedules")
            .col(pk_uuid("id"))
            .col(uuid("workspace_id"))
            .col(string_len_null("partner_group", 60))
            .col(string_len("rhythm", 20))
            .col(integer("day"))
            .col(boolean("is_automatic"))
            .col(boolean("is_paused"))
            .col(string_len("next_on", 10))
            .col(big_integer_null("last_run_at"))
            .col(json_binary("last_run"))
            .col(uuid("created_by"))
            .col(big_integer("created_at"))
            .to_owned();
        manager.create_table(table).await?;
        let by_day = Index::create().name("payout_schedules_next").table("payout_schedules").col("next_on").to_owned();
        manager.create_index(by_day).await?;
        let column = uuid_null("schedule_id").to_owned();
        manager.alter_table(Table::alter().table("payout_batches").add_column(column).to_owned()).await
    }
}

/// What is taken from payouts, and who asked to be paid early.
pub struct Terms;

impl MigrationName for Terms {
    fn name(&self) -> &str {
        "m0231_payout_terms"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Terms {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(fees()).await?;
        let terms = Table::create()
            .table("payout_terms")
            .col(pk_uuid("workspace_id"))
            .col(string_len("fee_bearer", 16))
            .col(integer_null("early_share_bp"))
            .to_owned();
        manager.create_table(terms).await?;
        let payees = Table::create()
            .table("payee_terms")
            .col(pk_uuid("partner_id"))
            .col(uuid("workspace_id"))
            .col(string_len_null("fee_bearer", 16))
            .col(integer("withheld_bp"))
            .to_owned();
        manager.create_table(payees).await?;
        for column in [
            big_integer("withheld_minor").default(0).to_owned(),
            integer("withheld_bp").default(0).to_owned(),
            big_integer("early_fee_minor").default(0).to_owned(),
            big_integer("fee_minor").default(0).to_owned(),
            string_len("fee_bearer", 16).default("workspace").to_owned(),
        ] {
            manager.alter_table(Table::alter().table("payouts").add_column(column).to_owned()).await?;
        }
        for column in [uuid_null("early_payout_id"), integer("early_share_bp").default(0).to_owned()] {
            manager.alter_table(Table::alter().table("payout_batches").add_column(column).to_owned()).await?;
        }
        let by_early = Index::create()
            .name("payout_batches_early")
            .table("payout_batches")
            .col("early_payout_id")
            .unique()
            .to_owned();
        manager.create_index(by_early).await?;
        manager.create_table(early_payouts()).await?;
        let by_partner = Index::create()
            .name("early_payouts_partner")
            .table("early_payouts")
            .col("workspace_id")
            .col("partner_id")
            .to_owned();
        manager.create_index(by_partner).await
    }
}

fn fees() -> TableCreateStatement {
    Table::create()
        .table("payout_fees")
        .col(uuid("workspace_id"))
        .col(string_len("method", 20))
        .col(string_len("currency", 8))
        .col(big_integer("fixed_minor"))
        .col(integer("share_bp"))
        .col(uuid("changed_by"))
        .col(big_integer("changed_at"))
        .primary_key(Index::create().col("workspace_id").col("method").col("currency"))
        .to_owned()
}

fn early_payouts() -> TableCreateStatement {
    Table::create()
        .table("early_payouts")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("partner_id"))
        .col(string_len("currency", 8))
        .col(big_integer("amount_minor"))
        .col(integer("share_bp"))
        .col(string_len("state", 16))
        .col(uuid("asked_by"))
        .col(big_integer("asked_at"))
        .col(uuid_null("decided_by"))
        .col(big_integer_null("decided_at"))
        .col(text_null("reason"))
        .col(uuid_null("batch_id"))
        .to_owned()
}

/// Several payouts of one batch to one partner, each to an account of its own.
pub struct Splits;

impl MigrationName for Splits {
    fn name(&self) -> &str {
        "m0233_payouts_of_splits"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Splits {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            uuid_null("split_id"),
            integer("account_place").default(0).to_owned(),
            integer("share_bp").default(10_000).to_owned(),
        ] {
            manager.alter_table(Table::alter().table("payouts").add_column(column).to_owned()).await?;
        }
        manager.drop_index(Index::drop().name("payouts_batch_partner").table("payouts").to_owned()).await?;
        let by_batch = Index::create()
            .name("payouts_batch_account")
            .table("payouts")
            .col("batch_id")
            .col("partner_id")
            .col("account_place")
            .unique()
            .to_owned();
        manager.create_index(by_batch).await?;
        let by_split = Index::create().name("payouts_split").table("payouts").col("split_id").to_owned();
        manager.create_index(by_split).await
    }
}
