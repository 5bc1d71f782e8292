//! Tables of plans and subscriptions.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Subscriptions;

impl MigrationName for Subscriptions {
    fn name(&self) -> &str {
        "m0229_subscriptions"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Subscriptions {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [plans(), versions(), subscriptions(), reminders(), terms()] {
            manager.create_table(table).await?;
        }
        // One runs at a time; rows without an advertiser, which are over, differ from each other in both databases.
        let mut running = index("subscriptions_running", "subscriptions", &["workspace_id", "running_of"]);
        manager.create_index(running.unique().to_owned()).await?;
        for (name, table, columns) in [
            ("subscription_plans_of", "subscription_plans", ["workspace_id", "id"]),
            ("subscriptions_of", "subscriptions", ["workspace_id", "advertiser_id"]),
            ("subscriptions_plan", "subscriptions", ["workspace_id", "plan_id"]),
            ("subscriptions_next", "subscriptions", ["state", "next_on"]),
        ] {
            manager.create_index(index(name, table, &columns).to_owned()).await?;
        }
        Ok(())
    }
}

fn index(name: &'static str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create().name(name).table(table).to_owned();
    for &column in columns {
        index.col(column);
    }
    index
}

fn plans() -> TableCreateStatement {
    Table::create()
        .table("subscription_plans")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(text("name"))
        .col(string_len("currency", 8))
        .col(string_len("period", 20))
        .col(integer("trial_days"))
        .col(big_integer("price_minor"))
        .col(integer("version"))
        .col(big_integer_null("archived_at"))
        .col(uuid("created_by"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .to_owned()
}

fn versions() -> TableCreateStatement {
    Table::create()
        .table("subscription_plan_versions")
        .col(uuid("plan_id"))
        .col(integer("version"))
        .col(uuid("workspace_id"))
        .col(big_integer("price_minor"))
        .col(uuid("set_by"))
        .col(big_integer("set_at"))
        .primary_key(Index::create().col("plan_id").col("version"))
        .to_owned()
}

fn subscriptions() -> TableCreateStatement {
    Table::create()
        .table("subscriptions")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("advertiser_id"))
        .col(uuid_null("running_of"))
        .col(uuid("plan_id"))
        .col(integer("plan_version"))
        .col(big_integer("price_minor"))
        .col(string_len("currency", 8))
        .col(string_len("period", 20))
        .col(string_len("state", 20))
        .col(string_len("started_on", 10))
        .col(string_len_null("trial_ends_on", 10))
        .col(string_len("anchor_on", 10))
        .col(integer("periods"))
        .col(string_len_null("period_from", 10))
        .col(string_len_null("period_to", 10))
        .col(string_len_null("next_on", 10))
        .col(uuid_null("next_plan_id"))
        .col(integer_null("next_plan_version"))
        .col(boolean("ends"))
        .col(integer("changes"))
        .col(string_len_null("past_due_on", 10))
        .col(string_len_null("paused_on", 10))
        .col(string_len_null("cancelled_on", 10))
        .col(string_len_null("reminded_on", 10))
        .col(uuid("created_by"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .to_owned()
}

fn reminders() -> TableCreateStatement {
    Table::create()
        .table("subscription_reminders")
        .col(uuid("subscription_id"))
        .col(uuid("invoice_id"))
        .col(integer("after_days"))
        .col(uuid("workspace_id"))
        .col(string_len("sent_on", 10))
        .col(big_integer("sent_at"))
        .primary_key(Index::create().col("subscription_id").col("invoice_id").col("after_days"))
        .to_owned()
}

fn terms() -> TableCreateStatement {
    Table::create()
        .table("subscription_terms")
        .col(uuid("workspace_id").primary_key())
        .col(json_binary("reminder_days"))
        .col(integer("pause_days"))
        .col(uuid("changed_by"))
        .col(big_integer("changed_at"))
        .to_owned()
}
