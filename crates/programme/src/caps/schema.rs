//! Tables of caps.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Caps;

impl MigrationName for Caps {
    fn name(&self) -> &str {
        "m0060_caps"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Caps {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(caps()).await?;
        manager.create_table(counters()).await?;
        for (name, table, columns) in [
            ("caps_offer", "caps", ["workspace_id", "offer_id"]),
            ("cap_counters_cap", "cap_counters", ["workspace_id", "cap_id"]),
        ] {
            let [first, second] = columns;
            let index = Index::create().name(name).table(table).col(first).col(second).to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

pub struct CapRequests;

impl MigrationName for CapRequests {
    fn name(&self) -> &str {
        "m0061_cap_requests"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for CapRequests {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(requests()).await?;
        let by_partner = Index::create()
            .name("cap_requests_partner")
            .table("cap_requests")
            .col("workspace_id")
            .col("partner_id")
            .to_owned();
        manager.create_index(by_partner).await
    }
}

fn requests() -> TableCreateStatement {
    let mut table = Table::create();
    table.table("cap_requests").col(pk_uuid("id"));
    for id in ["workspace_id", "advertiser_id", "offer_id", "partner_id"] {
        table.col(uuid(id));
    }
    table
        .col(string_len("metric", 20))
        .col(string_len("period", 20))
        .col(big_integer("limit_count"))
        .col(string_len_null("currency", 8))
        .col(text_null("note"))
        .col(string_len("state", 20))
        .col(text_null("reason"))
        .col(uuid_null("cap_id"))
        .col(big_integer("created_at"))
        .col(big_integer_null("decided_at"))
        .col(uuid_null("decided_by"))
        .to_owned()
}

fn caps() -> TableCreateStatement {
    let mut table = Table::create();
    table.table("caps").col(pk_uuid("id")).col(uuid("workspace_id"));
    for word in ["metric", "period", "scope"] {
        table.col(string_len(word, 20));
    }
    for id in ["advertiser_id", "offer_id", "goal_id", "partner_id"] {
        table.col(uuid_null(id));
    }
    table
        .col(text_null("source_id"))
        .col(big_integer("limit_count"))
        .col(string_len_null("currency", 8))
        .col(string_len("timezone", 60))
        .col(json_binary("counted"))
        .col(string_len("on_reach", 20))
        .col(json_binary("thresholds"))
        .col(json_binary("filter"))
        .col(string_len("grace", 20))
        .col(integer("grace_hours"))
        .col(string_len("kind", 20))
        .col(text_null("kpi"))
        .col(string_len("state", 20))
        .col(string_len_null("decision", 20))
        .col(text_null("decision_note"))
        .col(big_integer("counted_from"))
        .col(big_integer("created_at"))
        .to_owned()
}

fn counters() -> TableCreateStatement {
    Table::create()
        .table("cap_counters")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("cap_id"))
        .col(big_integer("period_start"))
        .col(big_integer("used"))
        .col(big_integer_null("reached_at"))
        .col(integer("told_percent"))
        .to_owned()
}
