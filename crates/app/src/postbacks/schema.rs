//! Tables of postbacks, and the cursor with which they follow the outbox.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Postbacks;

impl MigrationName for Postbacks {
    fn name(&self) -> &str {
        "m0080_postbacks"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Postbacks {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [cursors(), postbacks(), deliveries(), tries()] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        // What happened before is told to nobody: the cursor begins at the end.
        let begin = "insert into outbox_cursors (consumer, seq) select 'postbacks', coalesce(max(seq), 0) from outbox";
        manager.get_connection().execute_unprepared(begin).await.map(drop)
    }
}

fn cursors() -> TableCreateStatement {
    Table::create()
        .table("outbox_cursors")
        .col(string_len("consumer", 40).primary_key())
        .col(big_integer("seq"))
        .to_owned()
}

fn postbacks() -> TableCreateStatement {
    Table::create()
        .table("postbacks")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid_null("partner_id"))
        .col(uuid_null("offer_id"))
        .col(string_len("name", 200))
        .col(string_len("kind", 20))
        .col(json_binary("events"))
        .col(integer("ad_click_sub"))
        .col(binary("target_sealed"))
        .col(string_len("host", 253))
        .col(string_len("state", 20))
        .col(integer("failures"))
        .col(big_integer_null("failing_since"))
        .col(big_integer_null("delivered_at"))
        .col(big_integer("created_at"))
        .to_owned()
}

fn deliveries() -> TableCreateStatement {
    Table::create()
        .table("deliveries")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("postback_id"))
        .col(uuid_null("partner_id"))
        .col(string_len("kind", 20))
        .col(string_len("host", 253))
        .col(string_len("event", 20))
        .col(uuid_null("conversion_id"))
        .col(big_integer_null("move_seq"))
        .col(boolean("is_test"))
        .col(json_binary("told"))
        .col(string_len("state", 20))
        .col(integer("attempts"))
        .col(big_integer("due_at"))
        .col(big_integer_null("lease_until"))
        .col(big_integer("created_at"))
        .col(big_integer_null("done_at"))
        .col(integer_null("last_status"))
        .col(text_null("last_error"))
        .to_owned()
}

fn tries() -> TableCreateStatement {
    Table::create()
        .table("delivery_tries")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("delivery_id"))
        .col(big_integer("at"))
        .col(string_len("method", 10))
        .col(text("url"))
        .col(text_null("body"))
        .col(integer_null("status"))
        .col(text_null("error"))
        .col(integer("took_ms"))
        .col(text("answer"))
        .to_owned()
}

fn indexes() -> [IndexCreateStatement; 6] {
    let index = |name: &'static str, table: &'static str, columns: &[&'static str]| {
        let mut index = Index::create().name(name).table(table).to_owned();
        columns.iter().for_each(|column| {
            index.col(*column);
        });
        index
    };
    [
        index("postbacks_workspace", "postbacks", &["workspace_id", "partner_id"]),
        index("deliveries_once", "deliveries", &["postback_id", "move_seq"]).unique().to_owned(),
        index("deliveries_due", "deliveries", &["state", "host", "due_at"]),
        index("deliveries_log", "deliveries", &["workspace_id", "partner_id", "id"]),
        index("deliveries_conversion", "deliveries", &["conversion_id"]),
        index("delivery_tries_delivery", "delivery_tries", &["delivery_id"]),
    ]
}

/// Clicks, and what happens in the workspace, are told too.
pub struct MoreEvents;

impl MigrationName for MoreEvents {
    fn name(&self) -> &str {
        "m0140_more_events"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for MoreEvents {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut cause = string_len_null("cause", 80);
        manager.alter_table(Table::alter().table("deliveries").add_column(&mut cause).to_owned()).await?;
        for mut column in [
            boolean("wants_clicks").default(false).to_owned(),
            boolean("wants_happenings").default(false).to_owned(),
            big_integer("clicks_left_out").default(0).to_owned(),
        ] {
            manager.alter_table(Table::alter().table("postbacks").add_column(&mut column).to_owned()).await?;
        }
        for index in more_indexes() {
            manager.create_index(index).await?;
        }
        let begin = "insert into outbox_cursors (consumer, seq) values ('postback_clicks', 0), ('happenings', 0)";
        manager.get_connection().execute_unprepared(begin).await.map(drop)
    }
}

fn more_indexes() -> [IndexCreateStatement; 4] {
    [
        Index::create()
            .name("deliveries_cause")
            .table("deliveries")
            .col("postback_id")
            .col("cause")
            .unique()
            .to_owned(),
        Index::create().name("postbacks_wants_clicks").table("postbacks").col("wants_clicks").to_owned(),
        Index::create().name("postbacks_wants_happenings").table("postbacks").col("wants_happenings").to_owned(),
        Index::create().name("cap_counters_reached").table("cap_counters").col("reached_at").to_owned(),
    ]
}
