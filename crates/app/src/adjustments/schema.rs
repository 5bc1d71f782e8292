//! Tables of adjustments.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Adjustments;

impl MigrationName for Adjustments {
    fn name(&self) -> &str {
        "m0114_adjustments"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Adjustments {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let adjustments = Table::create()
            .table("adjustments")
            .col(pk_uuid("id"))
            .col(uuid("workspace_id"))
            .col(uuid("partner_id"))
            .col(string_len("kind", 20))
            .col(string_len("currency", 8))
            .col(big_integer("amount_minor"))
            .col(text("reason"))
            .col(uuid_null("conversion_id"))
            .col(string_len("state", 20))
            .col(uuid("requested_by"))
            .col(big_integer("requested_at"))
            .col(uuid_null("decided_by"))
            .col(big_integer_null("decided_at"))
            .col(text_null("decision_note"))
            .col(uuid_null("entry_id"))
            .to_owned();
        let limits = Table::create()
            .table("adjustment_limits")
            .col(pk_uuid("workspace_id"))
            .col(big_integer("limit_minor"))
            .to_owned();
        manager.create_table(adjustments).await?;
        manager.create_table(limits).await?;
        let by_partner = Index::create()
            .name("adjustments_partner")
            .table("adjustments")
            .col("workspace_id")
            .col("partner_id")
            .col("requested_at")
            .to_owned();
        manager.create_index(by_partner).await
    }
}

/// What one person gave alone, by adjustments and otherwise.
pub struct GivenAlone;

impl MigrationName for GivenAlone {
    fn name(&self) -> &str {
        "m0150_amounts_given_alone"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for GivenAlone {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("amounts_given_alone")
            .col(pk_uuid("entry_id"))
            .col(uuid("workspace_id"))
            .col(uuid("partner_id"))
            .col(uuid("user_id"))
            .col(string_len("currency", 8))
            .col(big_integer("amount_minor"))
            .col(big_integer("at"))
            .to_owned();
        manager.create_table(table).await?;
        let by_partner = Index::create()
            .name("amounts_given_alone_partner")
            .table("amounts_given_alone")
            .col("workspace_id")
            .col("partner_id")
            .col("at")
            .to_owned();
        manager.create_index(by_partner).await
    }
}
