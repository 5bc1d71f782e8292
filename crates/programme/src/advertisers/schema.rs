//! Tables of advertisers and of responsible managers.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Advertisers;

impl MigrationName for Advertisers {
    fn name(&self) -> &str {
        "m0010_advertisers"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Advertisers {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(advertisers()).await?;
        let by_workspace =
            Index::create().name("advertisers_workspace").table("advertisers").col("workspace_id").col("id").to_owned();
        manager.create_index(by_workspace).await?;
        manager.create_table(manager_history()).await?;
        let by_subject = Index::create()
            .name("manager_history_subject")
            .table("manager_history")
            .col("subject_id")
            .col("until")
            .to_owned();
        manager.create_index(by_subject).await
    }
}

/// Tokens and signing keys get a table of their own.
pub struct Keys;

impl MigrationName for Keys {
    fn name(&self) -> &str {
        "m0090_advertiser_keys"
    }
}

/// A token keeps working under its advertiser's number. Signing secrets made so far signed nothing: the edge never heard
/// of them.
const MOVE_TOKENS: [&str; 2] = [
    "INSERT INTO advertiser_keys (id, workspace_id, advertiser_id, kind, digest, sealed, made_at) \
     SELECT id, workspace_id, id, 'token', postback_token_hash, postback_token_sealed, created_at FROM advertisers \
     WHERE postback_token_hash IS NOT NULL AND postback_token_sealed IS NOT NULL",
    "UPDATE advertisers SET postback_token_hash = NULL, postback_token_sealed = NULL, signing_secret_sealed = NULL, \
     signing_secret_before_sealed = NULL",
];

#[async_trait::async_trait]
impl MigrationTrait for Keys {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("advertiser_keys")
            .col(pk_uuid("id"))
            .col(uuid("workspace_id"))
            .col(uuid("advertiser_id"))
            .col(string_len("kind", 20))
            .col(string_len("digest", 64).unique_key())
            .col(binary("sealed"))
            .col(big_integer("made_at"))
            .col(big_integer_null("last_used_at"))
            .col(big_integer_null("retired_at"))
            .to_owned();
        manager.create_table(table).await?;
        let by_advertiser = Index::create()
            .name("advertiser_keys_advertiser")
            .table("advertiser_keys")
            .col("workspace_id")
            .col("advertiser_id")
            .to_owned();
        manager.create_index(by_advertiser).await?;
        for statement in MOVE_TOKENS {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

fn advertisers() -> TableCreateStatement {
    Table::create()
        .table("advertisers")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(string_len("name", 200))
        .col(string_len("state", 20))
        .col(json_binary("status_map"))
        .col(string_len("min_trust", 20))
        .col(boolean("accepts_pixel"))
        .col(string_len_null("postback_token_hash", 64).unique_key())
        .col(binary_null("postback_token_sealed"))
        .col(binary_null("signing_secret_sealed"))
        .col(binary_null("signing_secret_before_sealed"))
        .col(json_binary("ip_allow_list"))
        .col(string_len_null("timezone", 64))
        .col(json_binary("external_refs"))
        .col(uuid_null("manager_id"))
        .col(big_integer("created_at"))
        .to_owned()
}

fn manager_history() -> TableCreateStatement {
    Table::create()
        .table("manager_history")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(string_len("subject_kind", 20))
        .col(uuid("subject_id"))
        .col(uuid("manager_id"))
        .col(big_integer("since"))
        .col(big_integer_null("until"))
        .to_owned()
}
