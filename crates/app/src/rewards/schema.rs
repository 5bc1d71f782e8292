//! Tables of rewards, and the cursor with which they follow the outbox.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Rewards;

impl MigrationName for Rewards {
    fn name(&self) -> &str {
        "m0192_rewards"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Rewards {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [balances(), entries(), standings(), redemptions()] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        // No rule gave rewards before: the cursor begins at the end.
        let begin = "insert into outbox_cursors (consumer, seq) select 'rewards', coalesce(max(seq), 0) from outbox";
        manager.get_connection().execute_unprepared(begin).await.map(drop)
    }
}

fn balances() -> TableCreateStatement {
    Table::create()
        .table("reward_balances")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("partner_id"))
        .col(string_len("unit", 12))
        .col(big_integer("balance_minor"))
        .col(big_integer("coming_minor"))
        .col(big_integer("entries"))
        .col(big_integer("updated_at"))
        .to_owned()
}

fn entries() -> TableCreateStatement {
    Table::create()
        .table("reward_entries")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("partner_id"))
        .col(string_len("unit", 12))
        .col(big_integer("number"))
        .col(big_integer("amount_minor"))
        .col(big_integer("balance_after_minor"))
        .col(string_len("reason", 20))
        .col(uuid_null("conversion_id"))
        .col(uuid_null("redemption_id"))
        .col(uuid_null("rule_id"))
        .col(uuid_null("plan_version_id"))
        .col(uuid_null("user_id"))
        .col(text_null("words"))
        .col(big_integer("created_at"))
        .to_owned()
}

fn standings() -> TableCreateStatement {
    Table::create()
        .table("reward_standings")
        .col(uuid("conversion_id"))
        .col(uuid("partner_id"))
        .col(string_len("unit", 12))
        .col(uuid("workspace_id"))
        .col(big_integer("granted_minor"))
        .col(big_integer("coming_minor"))
        .col(big_integer("updated_at"))
        .primary_key(Index::create().col("conversion_id").col("partner_id").col("unit"))
        .to_owned()
}

fn redemptions() -> TableCreateStatement {
    Table::create()
        .table("reward_redemptions")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("partner_id"))
        .col(string_len("unit", 12))
        .col(big_integer("amount_minor"))
        .col(text_null("wish"))
        .col(string_len("state", 20))
        .col(text_null("words"))
        .col(uuid("asked_by"))
        .col(big_integer("asked_at"))
        .col(uuid_null("decided_by"))
        .col(big_integer_null("decided_at"))
        .to_owned()
}

fn indexes() -> [IndexCreateStatement; 6] {
    let of = |name: &'static str, table: &'static str, columns: &[&'static str]| {
        let mut index = Index::create().name(name).table(table).to_owned();
        for column in columns {
            index.col(*column);
        }
        index
    };
    [
        of("reward_balances_partner", "reward_balances", &["workspace_id", "partner_id", "unit"]).unique().to_owned(),
        of("reward_entries_number", "reward_entries", &["workspace_id", "partner_id", "unit", "number"])
            .unique()
            .to_owned(),
        of("reward_entries_newest", "reward_entries", &["workspace_id", "id"]),
        of("reward_entries_conversion", "reward_entries", &["conversion_id"]),
        of("reward_standings_workspace", "reward_standings", &["workspace_id", "partner_id", "unit"]),
        of("reward_redemptions_newest", "reward_redemptions", &["workspace_id", "id"]),
    ]
}
