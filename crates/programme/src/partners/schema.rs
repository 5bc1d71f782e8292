//! Tables of partners and their teams.

use sea_orm_migration::{prelude::*, schema::*};

use crate::platform::folding;

pub struct Partners;

impl MigrationName for Partners {
    fn name(&self) -> &str {
        "m0011_partners"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Partners {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(partners()).await?;
        let by_workspace =
            Index::create().name("partners_workspace").table("partners").col("workspace_id").col("id").to_owned();
        manager.create_index(by_workspace).await?;
        manager.create_table(team_members()).await?;
        let by_partner =
            Index::create().name("team_members_partner").table("team_members").col("partner_id").to_owned();
        manager.create_index(by_partner).await
    }
}

fn partners() -> TableCreateStatement {
    Table::create()
        .table("partners")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(string_len("name", 200))
        .col(string_len("email", 254))
        .col(string_len("state", 20))
        .col(string_len_null("state_reason", 500))
        .col(string_len_null("partner_group", 60))
        .col(json_binary("tags"))
        .col(string_len("language", 5))
        .col(string_len_null("country", 2))
        .col(uuid_null("manager_id"))
        .col(string_len_null("payout_method", 20))
        .col(binary_null("payout_details_sealed"))
        .col(json_binary("minimum_payouts"))
        .col(json_binary("external_refs"))
        .col(text_null("trafficback_url"))
        .col(string_len_null("trafficback_verified_host", 253))
        .col(big_integer("created_at"))
        .to_owned()
}

fn team_members() -> TableCreateStatement {
    Table::create()
        .table("team_members")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("partner_id"))
        .col(uuid("membership_id").unique_key())
        .col(string_len("role", 20))
        .col(big_integer("created_at"))
        .to_owned()
}

/// Names as they are looked up.
pub struct FoldedNames;

impl MigrationName for FoldedNames {
    fn name(&self) -> &str {
        "m0041_partner_names"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for FoldedNames {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = string_len("name_folded", 400).default("").to_owned();
        manager.alter_table(Table::alter().table("partners").add_column(column).to_owned()).await?;
        folding::fill(manager.get_connection(), "partners").await
    }
}

pub struct Notes;

impl MigrationName for Notes {
    fn name(&self) -> &str {
        "m0042_partner_notes"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Notes {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("partner_notes")
            .col(pk_uuid("id"))
            .col(uuid("workspace_id"))
            .col(uuid("partner_id"))
            .col(uuid("author_id"))
            .col(text("text"))
            .col(big_integer("created_at"))
            .to_owned();
        manager.create_table(table).await?;
        let mut by_partner = Index::create();
        by_partner.name("partner_notes_partner").table("partner_notes").col("workspace_id").col("partner_id").col("id");
        manager.create_index(by_partner).await
    }
}

/// Who brought a partner.
pub struct Recruiters;

impl MigrationName for Recruiters {
    fn name(&self) -> &str {
        "m0191_partner_recruiters"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Recruiters {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [uuid_null("recruited_by"), big_integer_null("recruited_at")] {
            manager.alter_table(Table::alter().table("partners").add_column(column).to_owned()).await?;
        }
        let mut by_recruiter = Index::create();
        by_recruiter.name("partners_recruiter").table("partners").col("workspace_id").col("recruited_by");
        manager.create_index(by_recruiter).await
    }
}

/// In which currency a partner is paid.
pub struct PayoutCurrency;

impl MigrationName for PayoutCurrency {
    fn name(&self) -> &str {
        "m0116_payout_currency"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for PayoutCurrency {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = string_len_null("payout_currency", 8).to_owned();
        manager.alter_table(Table::alter().table("partners").add_column(column).to_owned()).await
    }
}

/// Changes of accounts that wait.
pub struct AccountChanges;

impl MigrationName for AccountChanges {
    fn name(&self) -> &str {
        "m0222_payee_account_changes"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AccountChanges {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("payee_account_changes")
            .col(pk_uuid("id"))
            .col(uuid("workspace_id"))
            .col(uuid("partner_id"))
            .col(string_len("method", 20))
            .col(binary("details_sealed"))
            .col(json_binary("details_shown"))
            .col(string_len("state", 20))
            .col(boolean("is_by_staff"))
            .col(uuid("asked_by"))
            .col(big_integer("asked_at"))
            .col(string_len("token_hash", 64).unique_key())
            .col(big_integer("token_expires_at"))
            .col(big_integer_null("confirmed_at"))
            .col(big_integer_null("in_force_from"))
            .col(uuid_null("ended_by"))
            .col(big_integer_null("ended_at"))
            .to_owned();
        manager.create_table(table).await?;
        let by_partner = Index::create()
            .name("payee_account_changes_partner")
            .table("payee_account_changes")
            .col("workspace_id")
            .col("partner_id")
            .to_owned();
        manager.create_index(by_partner).await?;
        let by_state =
            Index::create().name("payee_account_changes_state").table("payee_account_changes").col("state").to_owned();
        manager.create_index(by_state).await?;
        let changed = big_integer_null("email_changed_at").to_owned();
        manager.alter_table(Table::alter().table("partners").add_column(changed).to_owned()).await
    }
}

/// What is due is divided over several accounts.
pub struct PayoutSplits;

impl MigrationName for PayoutSplits {
    fn name(&self) -> &str {
        "m0232_payout_splits"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for PayoutSplits {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in [("partners", "payout_split"), ("payee_account_changes", "split")] {
            let column = json_binary_null(column).to_owned();
            manager.alter_table(Table::alter().table(table).add_column(column).to_owned()).await?;
        }
        Ok(())
    }
}
