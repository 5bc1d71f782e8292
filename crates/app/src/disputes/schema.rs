//! Tables of disputes.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Disputes;

impl MigrationName for Disputes {
    fn name(&self) -> &str {
        "m0226_disputes"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Disputes {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [terms(), disputes(), messages()] {
            manager.create_table(table).await?;
        }
        for (name, table, column) in [
            ("disputes_partner", "disputes", "partner_id"),
            ("disputes_conversion", "disputes", "conversion_id"),
            ("disputes_state", "disputes", "state"),
            ("dispute_messages_of", "dispute_messages", "dispute_id"),
        ] {
            let index = Index::create().name(name).table(table).col("workspace_id").col(column).to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn terms() -> TableCreateStatement {
    Table::create()
        .table("dispute_terms")
        .col(pk_uuid("workspace_id"))
        .col(integer("dispute_days"))
        .col(integer("answer_days"))
        .to_owned()
}

fn disputes() -> TableCreateStatement {
    Table::create()
        .table("disputes")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("partner_id"))
        .col(string_len("kind", 20))
        .col(uuid_null("conversion_id"))
        .col(uuid_null("offer_id"))
        .col(uuid_null("click_id"))
        .col(text_null("order_id"))
        .col(text_null("customer"))
        .col(string_len_null("happened_on", 10))
        .col(string_len_null("currency", 12))
        .col(big_integer_null("claimed_minor"))
        .col(text("words"))
        .col(text_null("proof"))
        .col(string_len("state", 20))
        .col(boolean("froze"))
        .col(json_binary_null("report_asked"))
        .col(uuid_null("adjustment_id"))
        .col(text_null("decision_words"))
        .col(uuid_null("decided_by"))
        .col(big_integer_null("decided_at"))
        .col(uuid("opened_by"))
        .col(big_integer("created_at"))
        .col(big_integer("due_at"))
        .to_owned()
}

fn messages() -> TableCreateStatement {
    Table::create()
        .table("dispute_messages")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("dispute_id"))
        .col(uuid("author_id"))
        .col(boolean("from_staff"))
        .col(text("words"))
        .col(big_integer("created_at"))
        .to_owned()
}
