//! Table of requests for rates.

use sea_orm_migration::{prelude::*, schema::*};

pub struct BumpRequests;

impl MigrationName for BumpRequests {
    fn name(&self) -> &str {
        "m0131_bump_requests"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for BumpRequests {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("bump_requests")
            .col(pk_uuid("id"))
            .col(uuid("workspace_id"))
            .col(uuid("offer_id"))
            .col(uuid("goal_id"))
            .col(uuid("partner_id"))
            .col(json_binary("rates"))
            .col(text_null("words"))
            .col(text_null("answer"))
            .col(string_len("state", 20))
            .col(big_integer_null("ends_at"))
            .col(uuid("created_by"))
            .col(big_integer("created_at"))
            .col(big_integer_null("decided_at"))
            .col(uuid_null("decided_by"))
            .to_owned();
        manager.create_table(table).await?;
        let of_partner = Index::create()
            .name("bump_requests_partner")
            .table("bump_requests")
            .col("workspace_id")
            .col("partner_id")
            .col("id")
            .to_owned();
        manager.create_index(of_partner).await
    }
}
