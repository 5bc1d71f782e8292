//! Tables of plans.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Plans;

impl MigrationName for Plans {
    fn name(&self) -> &str {
        "m0012_plans"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Plans {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(plans()).await?;
        let by_offer =
            Index::create().name("plans_offer_side").table("plans").col("offer_id").col("side").unique().to_owned();
        manager.create_index(by_offer).await?;
        manager.create_table(plan_versions()).await?;
        let by_plan = Index::create()
            .name("plan_versions_plan")
            .table("plan_versions")
            .col("plan_id")
            .col("version")
            .unique()
            .to_owned();
        manager.create_index(by_plan).await
    }
}

fn plans() -> TableCreateStatement {
    Table::create()
        .table("plans")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("offer_id"))
        .col(string_len("side", 20))
        .col(big_integer("created_at"))
        .to_owned()
}

fn plan_versions() -> TableCreateStatement {
    Table::create()
        .table("plan_versions")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("plan_id"))
        .col(integer("version"))
        .col(big_integer("valid_from"))
        .col(json_binary("rules"))
        .col(uuid_null("created_by"))
        .col(big_integer("created_at"))
        .to_owned()
}

pub struct AccruingOffers;

impl MigrationName for AccruingOffers {
    fn name(&self) -> &str {
        "m0140_accruing_offers"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AccruingOffers {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("accruing_offers")
            .col(pk_uuid("offer_id"))
            .col(uuid("workspace_id"))
            .col(big_integer("since"))
            .col(string_len_null("posted_day", 10))
            .to_owned();
        manager.create_table(table).await
    }
}

pub struct BonusOffers;

impl MigrationName for BonusOffers {
    fn name(&self) -> &str {
        "m0190_bonus_offers"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for BonusOffers {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create().table("bonus_offers").col(pk_uuid("offer_id")).col(uuid("workspace_id")).to_owned();
        manager.create_table(table).await
    }
}

pub struct RecruitingOffers;

impl MigrationName for RecruitingOffers {
    fn name(&self) -> &str {
        "m0191_recruiting_offers"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for RecruitingOffers {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table =
            Table::create().table("recruiting_offers").col(pk_uuid("offer_id")).col(uuid("workspace_id")).to_owned();
        manager.create_table(table).await
    }
}
