//! Table of simulations.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Simulations;

impl MigrationName for Simulations {
    fn name(&self) -> &str {
        "m0130_simulations"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Simulations {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("simulations")
            .col(pk_uuid("id"))
            .col(uuid("workspace_id"))
            .col(uuid("offer_id"))
            .col(uuid_null("draft_id"))
            .col(string_len("basis", 20))
            .col(big_integer("from_at"))
            .col(big_integer("to_at"))
            .col(string_len("currency", 8))
            .col(json_binary("proposal"))
            .col(string_len("state", 20))
            .col(big_integer("rows_done"))
            .col(big_integer("rows_total"))
            .col(json_binary_null("result"))
            .col(uuid("created_by"))
            .col(big_integer("created_at"))
            .col(big_integer_null("finished_at"))
            .to_owned();
        manager.create_table(table).await?;
        let of_offer = Index::create()
            .name("simulations_offer")
            .table("simulations")
            .col("workspace_id")
            .col("offer_id")
            .col("id")
            .to_owned();
        manager.create_index(of_offer).await
    }
}
