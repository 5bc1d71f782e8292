//! Table of workspaces, and what it has gained.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Workspaces;

impl MigrationName for Workspaces {
    fn name(&self) -> &str {
        "m0004_workspaces"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Workspaces {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("workspaces")
            .col(pk_uuid("id"))
            .col(string_len("name", 200))
            .col(string_len("timezone", 64))
            .col(string_len("reporting_currency", 8))
            .col(string_len("postback_token_hash", 64).unique_key())
            .col(binary("postback_token_sealed"))
            .col(text_null("fallback_url"))
            .col(big_integer("created_at"))
            .to_owned();
        manager.create_table(table).await
    }
}

/// Whether visitors are asked.
pub struct Consent;

impl MigrationName for Consent {
    fn name(&self) -> &str {
        "m0095_workspace_consent"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Consent {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = string_len("tag_consent", 20).default("off").to_owned();
        manager.alter_table(Table::alter().table("workspaces").add_column(column).to_owned()).await
    }
}

/// What plans must leave of what is charged.
pub struct MarginFloor;

impl MigrationName for MarginFloor {
    fn name(&self) -> &str {
        "m0193_margin_floor"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for MarginFloor {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = big_integer_null("margin_floor_e8").to_owned();
        manager.alter_table(Table::alter().table("workspaces").add_column(column).to_owned()).await
    }
}

/// How long a changed account of a partner waits.
pub struct PayeeChangeWait;

impl MigrationName for PayeeChangeWait {
    fn name(&self) -> &str {
        "m0223_payee_change_wait"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for PayeeChangeWait {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = integer("payee_change_wait_hours").default(48).to_owned();
        manager.alter_table(Table::alter().table("workspaces").add_column(column).to_owned()).await
    }
}
