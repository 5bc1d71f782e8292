//! Tables of reprices and of what they change for each partner.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Reprices;

impl MigrationName for Reprices {
    fn name(&self) -> &str {
        "m0132_reprices"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Reprices {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table.table("reprices").col(pk_uuid("id")).col(uuid("workspace_id")).col(uuid("offer_id"));
        table.col(uuid("simulation_id")).col(text("words")).col(string_len("state", 20));
        table.col(uuid_null("earnings_version_id")).col(uuid_null("revenue_version_id")).col(uuid_null("after_id"));
        for count in ["repriced", "passed_over", "earnings_change_minor", "revenue_change_minor"] {
            table.col(big_integer(count));
        }
        table.col(uuid("proposed_by")).col(uuid_null("decided_by")).col(big_integer("created_at"));
        table.col(big_integer_null("decided_at")).col(big_integer_null("finished_at"));
        manager.create_table(table).await?;
        let of_offer = Index::create()
            .name("reprices_offer")
            .table("reprices")
            .col("workspace_id")
            .col("offer_id")
            .col("id")
            .to_owned();
        manager.create_index(of_offer).await?;
        let partners = Table::create()
            .table("reprice_partners")
            .col(uuid("workspace_id"))
            .col(uuid("reprice_id"))
            .col(uuid("partner_id"))
            .col(big_integer("conversions"))
            .col(big_integer("change_minor"))
            .col(big_integer_null("told_at"))
            .primary_key(Index::create().col("reprice_id").col("partner_id"))
            .to_owned();
        manager.create_table(partners).await
    }
}
