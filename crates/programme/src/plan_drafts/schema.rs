//! The table of drafts.

use sea_orm_migration::{prelude::*, schema::*};

pub struct PlanDrafts;

impl MigrationName for PlanDrafts {
    fn name(&self) -> &str {
        "m0101_plan_drafts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for PlanDrafts {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let drafts = Table::create()
            .table("plan_drafts")
            .col(pk_uuid("id"))
            .col(uuid("workspace_id"))
            .col(uuid("offer_id"))
            .col(uuid_null("earnings_version_id"))
            .col(uuid_null("revenue_version_id"))
            .col(json_binary("earnings"))
            .col(json_binary("revenue"))
            .col(uuid("created_by"))
            .col(big_integer("created_at"))
            .col(big_integer("updated_at"))
            .to_owned();
        manager.create_table(drafts).await?;
        let by_offer = Index::create()
            .name("plan_drafts_offer")
            .table("plan_drafts")
            .col("workspace_id")
            .col("offer_id")
            .to_owned();
        manager.create_index(by_offer).await
    }
}
