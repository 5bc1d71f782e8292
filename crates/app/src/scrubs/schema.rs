//! Tables of scrubs.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Scrubs;

impl MigrationName for Scrubs {
    fn name(&self) -> &str {
        "m0196_scrubs"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Scrubs {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [terms(), requests(), scrubs()] {
            manager.create_table(table).await?;
        }
        for (name, table, column) in [
            ("scrub_requests_of", "scrub_requests", "advertiser_id"),
            ("scrubs_request", "scrubs", "request_id"),
            ("scrubs_conversion", "scrubs", "conversion_id"),
            ("scrubs_partner", "scrubs", "partner_id"),
            ("scrubs_advertiser", "scrubs", "advertiser_id"),
        ] {
            let index = Index::create().name(name).table(table).col("workspace_id").col(column).to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn terms() -> TableCreateStatement {
    Table::create()
        .table("scrub_terms")
        .col(pk_uuid("advertiser_id"))
        .col(uuid("workspace_id"))
        .col(integer("scrub_days"))
        .col(string_len("counted_from", 20))
        .col(integer("appeal_days"))
        .to_owned()
}

fn requests() -> TableCreateStatement {
    Table::create()
        .table("scrub_requests")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("advertiser_id"))
        .col(string_len("reason", 40))
        .col(text("evidence"))
        .col(text("proof"))
        .col(uuid("created_by"))
        .col(big_integer("created_at"))
        .to_owned()
}

fn scrubs() -> TableCreateStatement {
    Table::create()
        .table("scrubs")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("request_id"))
        .col(uuid("advertiser_id"))
        .col(uuid("conversion_id"))
        .col(uuid_null("partner_id"))
        .col(string_len("reason", 40))
        .col(text("proof"))
        .col(string_len("currency", 8))
        .col(big_integer("revenue_minor"))
        .col(big_integer("payout_minor"))
        .col(big_integer("earned_minor"))
        .col(big_integer("deadline_at"))
        .col(string_len("state", 20))
        .col(string_len_null("bearer", 20))
        .col(integer_null("partner_percent"))
        .col(text_null("note"))
        .col(uuid_null("decided_by"))
        .col(big_integer_null("decided_at"))
        .col(string_len_null("appeal_state", 20))
        .col(text_null("appeal_words"))
        .col(big_integer_null("appealed_at"))
        .col(text_null("answer"))
        .col(uuid_null("answered_by"))
        .col(big_integer_null("answered_at"))
        .col(big_integer("created_at"))
        .to_owned()
}
