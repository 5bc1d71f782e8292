//! Tables of qualification.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Qualifications;

impl MigrationName for Qualifications {
    fn name(&self) -> &str {
        "m0127_qualifications"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Qualifications {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(definitions()).await?;
        manager.create_table(progress()).await?;
        let mut once = Index::create();
        once.name("customer_qualifications_once").table("customer_qualifications");
        manager.create_index(once.col("workspace_id").col("goal_id").col("customer_id").unique().to_owned()).await?;
        let mut open = Index::create();
        open.name("customer_qualifications_open").table("customer_qualifications");
        manager.create_index(open.col("state").col("checked_at").to_owned()).await
    }
}

fn definitions() -> TableCreateStatement {
    Table::create()
        .table("goal_qualifications")
        .col(pk_uuid("goal_id"))
        .col(uuid("workspace_id"))
        .col(uuid("offer_id"))
        .col(uuid("advertiser_id"))
        .col(uuid("from_goal_id"))
        .col(json_binary("conditions"))
        .col(integer("window_days"))
        .col(integer("report_days"))
        .col(boolean("is_on"))
        .col(big_integer("since"))
        .to_owned()
}

fn progress() -> TableCreateStatement {
    let mut table = Table::create();
    table.table("customer_qualifications").col(pk_uuid("id")).col(uuid("workspace_id"));
    for id in ["advertiser_id", "offer_id", "goal_id", "customer_id"] {
        table.col(uuid(id));
    }
    table.col(uuid_null("partner_id")).col(uuid("from_conversion_id"));
    for moment in ["started_at", "until", "judge_at"] {
        table.col(big_integer(moment));
    }
    table.col(string_len("state", 20)).col(json_binary("standings"));
    table.col(uuid_null("receipt_id")).col(uuid_null("conversion_id"));
    table.col(big_integer("checked_at")).col(big_integer_null("decided_at")).to_owned()
}
