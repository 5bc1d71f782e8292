//! Tables of the platform itself.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Platform;

impl MigrationName for Platform {
    fn name(&self) -> &str {
        "m0001_platform"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Platform {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(outbox()).await?;
        let by_topic = Index::create().name("outbox_topic").table("outbox").col("topic").col("seq").to_owned();
        manager.create_index(by_topic).await?;
        manager.create_table(jobs()).await?;
        let by_due = Index::create().name("jobs_due").table("jobs").col("done_at").col("due_at").to_owned();
        manager.create_index(by_due).await?;
        manager.create_table(schedules()).await?;
        manager.create_table(idempotency_keys()).await
    }
}

fn outbox() -> TableCreateStatement {
    Table::create()
        .table("outbox")
        .col(big_pk_auto("seq"))
        .col(uuid("workspace_id"))
        .col(string_len("topic", 40))
        .col(json_binary("payload"))
        .col(big_integer("at"))
        .to_owned()
}

fn jobs() -> TableCreateStatement {
    Table::create()
        .table("jobs")
        .col(pk_uuid("id"))
        .col(uuid_null("workspace_id"))
        .col(string_len("kind", 60))
        .col(json_binary("payload"))
        .col(big_integer("due_at"))
        .col(integer("attempts"))
        .col(big_integer_null("lease_until"))
        .col(big_integer_null("done_at"))
        .col(text_null("last_error"))
        .to_owned()
}

fn schedules() -> TableCreateStatement {
    Table::create()
        .table("schedules")
        .col(string_len("kind", 60).primary_key())
        .col(big_integer("next_due_at"))
        .to_owned()
}

fn idempotency_keys() -> TableCreateStatement {
    Table::create()
        .table("idempotency_keys")
        .col(string_len("key_hash", 64).primary_key())
        .col(string_len("request_hash", 64))
        .col(boolean("carried_out"))
        .col(integer_null("status"))
        .col(text_null("content_type"))
        .col(text_null("answer"))
        .col(big_integer("created_at"))
        .to_owned()
}
